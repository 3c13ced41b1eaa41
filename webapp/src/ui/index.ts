/** What screens are made of. Everything above takes it from here. */

export { Avatar, type AvatarProps } from "./Avatar";
export { Badge, CountBadge } from "./Badge";
export { Banner } from "./Banner";
export { Button, type ButtonProps } from "./Button";
export { Checkbox, Switch } from "./Checkbox";
export { type Column, DataTable, type Direction, type Sort } from "./DataTable";
export { ConfirmDialog, Dialog } from "./Dialog";
export { IconButton } from "./IconButton";
export { textHook } from "./intl";
export { Markdown } from "./Markdown";
export { Menu, MenuItem, MenuSeparator } from "./Menu";
export { MarkdownContext, type MarkdownSurroundings } from "./markdownContext";
export { Pager } from "./Pager";
export { DialogTrigger, PopoverPanel } from "./Popover";
export { SectionBar } from "./SectionBar";
export { ComboBox, type Option, Select } from "./Select";
export { SettingsPage, settings } from "./SettingsPage";
export { Spinner } from "./Spinner";
export { EmptyState, ErrorState, StateScreen } from "./states";
export { Tabs } from "./Tabs";
export { TextField } from "./TextField";
export { Tooltip } from "./Tooltip";
export { useUiText } from "./text";
export { dayStart, durationText, useNow, useTimeText, useTimeZone, zoneOffset } from "./time";
export { announcePolitely, Toasts, toast } from "./toasts";
export { draggedByTouch } from "./touchDragging";
export { type PickableUser, UserPicker } from "./UserPicker";
