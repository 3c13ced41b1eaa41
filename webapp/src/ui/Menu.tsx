import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Separator,
  Text,
} from "react-aria-components";
import styles from "./Menu.module.css";

export interface MenuProps extends Pick<PopoverProps, "placement"> {
  /** The button that opens it: a Button or an IconButton. */
  trigger: React.ReactNode;
  /** Its name for screen readers. */
  label: string;
  onOpenChange?: (isOpen: boolean) => void;
  children: React.ReactNode;
}

/** A button with a menu of deeds. Closes on a choice, a press outside and Escape. */
export function Menu({ trigger, label, placement = "bottom end", onOpenChange, children }: MenuProps) {
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      {trigger}
      <Popover className={styles.popover} placement={placement} offset={4}>
        <AriaMenu className={styles.menu} aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps {
  /** Shown, and what typing jumps to. */
  children: string;
  icon?: React.ReactNode;
  hint?: string;
  onAction?: () => void;
  href?: string;
  isDisabled?: boolean;
  isDanger?: boolean;
}

export function MenuItem({ children, icon, hint, isDanger, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem {...rest} textValue={children} className={styles.item} data-danger={isDanger || undefined}>
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <Text slot="label" className={styles.label}>
        {children}
      </Text>
      {hint !== undefined && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
    </AriaMenuItem>
  );
}

export function MenuSeparator() {
  return <Separator className={styles.separator} />;
}
