import { type RefObject, useRef } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Separator as AriaSeparator,
  OverlayTriggerStateContext,
  Popover,
  type PopoverProps,
  RootMenuTriggerStateContext,
  Text,
} from "react-aria-components";
import type { RootMenuTriggerState } from "react-stately/useMenuTriggerState";
import { type MenuItemProps, MenuParts } from "./Menu";
import styles from "./Menu.module.css";

interface MenuWindowProps extends Pick<PopoverProps, "placement"> {
  state: RootMenuTriggerState;
  triggerRef: RefObject<HTMLElement | null>;
  menuProps: object;
  label: string;
  children: React.ReactNode;
}

/** The open menu: what MenuTrigger of react-aria-components draws beside its button. */
export default function MenuWindow({
  state,
  triggerRef,
  menuProps,
  label,
  placement,
  children,
}: MenuWindowProps) {
  const list = useRef<HTMLDivElement>(null);
  return (
    <OverlayTriggerStateContext value={state}>
      <RootMenuTriggerStateContext value={state}>
        <Popover
          className={styles.popover}
          trigger="MenuTrigger"
          triggerRef={triggerRef}
          scrollRef={list}
          placement={placement}
          offset={4}
        >
          <AriaMenu {...menuProps} ref={list} className={styles.menu} aria-label={label}>
            <MenuParts value={PARTS}>{children}</MenuParts>
          </AriaMenu>
        </Popover>
      </RootMenuTriggerStateContext>
    </OverlayTriggerStateContext>
  );
}

function Item({ children, icon, hint, isDanger, ...rest }: MenuItemProps) {
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

function Separator() {
  return <AriaSeparator className={styles.separator} />;
}

const PARTS = { Item, Separator };
