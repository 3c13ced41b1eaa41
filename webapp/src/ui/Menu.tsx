import { type ComponentType, createContext, lazy, Suspense, useContext, useRef } from "react";
import { useMenuTrigger } from "react-aria/useMenu";
import { ButtonContext, type PopoverProps } from "react-aria-components";
import { useMenuTriggerState } from "react-stately/useMenuTriggerState";
import { useEverTrue } from "./useEverTrue";

/** What a menu is made of is fetched when a pointer or the focus comes near its button. */
const loadWindow = () => import("./MenuWindow");
const MenuWindow = lazy(loadWindow);

export interface MenuProps extends Pick<PopoverProps, "placement"> {
  /** The button that opens it: a Button or an IconButton. */
  trigger: React.ReactNode;
  /** Its name for screen readers. */
  label: string;
  onOpenChange?: (isOpen: boolean) => void;
  /** MenuItem and MenuSeparator. */
  children: React.ReactNode;
}

/** A button with a menu of deeds. Closes on a choice, a press outside and Escape. */
export function Menu({ trigger, label, placement = "bottom end", onOpenChange, children }: MenuProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const state = useMenuTriggerState({ onOpenChange });
  const { menuTriggerProps, menuProps } = useMenuTrigger({}, state, ref);
  const isWanted = useEverTrue(state.isOpen);
  const warm = () => void loadWindow();
  return (
    <>
      <ButtonContext
        value={{ ...menuTriggerProps, ref, isPressed: state.isOpen, onHoverStart: warm, onFocus: warm }}
      >
        {trigger}
      </ButtonContext>
      {isWanted && (
        <Suspense fallback={null}>
          <MenuWindow
            state={state}
            triggerRef={ref}
            menuProps={menuProps}
            label={label}
            placement={placement}
          >
            {children}
          </MenuWindow>
        </Suspense>
      )}
    </>
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

/** How entries are drawn: the window brings it along, as it is the only place where they stand. */
export const MenuParts = createContext<{ Item: ComponentType<MenuItemProps>; Separator: ComponentType }>({
  Item: () => null,
  Separator: () => null,
});

export function MenuItem(props: MenuItemProps) {
  const { Item } = useContext(MenuParts);
  return <Item {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useContext(MenuParts);
  return <Separator />;
}
