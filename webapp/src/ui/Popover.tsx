import { createContext, lazy, type RefObject, Suspense, useContext, useRef } from "react";
import { useOverlayTrigger } from "react-aria/useOverlayTrigger";
import { ButtonContext, type PopoverProps } from "react-aria-components";
import { type RootMenuTriggerState, useMenuTriggerState } from "react-stately/useMenuTriggerState";
import { useEverTrue } from "./useEverTrue";

/** What a window is made of is fetched when a pointer or the focus comes near its button. */
const loadWindow = () => import("./PanelWindow");
const PanelWindow = lazy(loadWindow);

/** What a button that opens a window tells the window. */
export interface Opener {
  state: RootMenuTriggerState;
  triggerRef: RefObject<HTMLElement | null>;
  panelId: string | undefined;
}

const OpenerContext = createContext<Opener | null>(null);

interface DialogTriggerProps {
  onOpenChange?: (isOpen: boolean) => void;
  /** A Button or an IconButton, and the PopoverPanel that it opens. */
  children: React.ReactNode;
}

export function DialogTrigger({ onOpenChange, children }: DialogTriggerProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);
  const state = useMenuTriggerState({ onOpenChange });
  const { triggerProps, overlayProps } = useOverlayTrigger({ type: "dialog" }, state, triggerRef);
  const warm = () => void loadWindow();
  return (
    <OpenerContext value={{ state, triggerRef, panelId: overlayProps.id }}>
      <ButtonContext
        value={{
          ...triggerProps,
          ref: triggerRef,
          isPressed: state.isOpen,
          onHoverStart: warm,
          onFocus: warm,
        }}
      >
        {children}
      </ButtonContext>
    </OpenerContext>
  );
}

export interface PopoverPanelProps
  extends Pick<PopoverProps, "placement" | "triggerRef" | "isOpen" | "onOpenChange"> {
  /** Its name for screen readers. */
  label: string;
  width?: "auto" | "m" | "l";
  children: React.ReactNode | ((options: { close: () => void }) => React.ReactNode);
}

/** A small window at a control (inside a DialogTrigger, or with `triggerRef`); closes on Escape and outside. */
export function PopoverPanel(props: PopoverPanelProps) {
  const opener = useContext(OpenerContext);
  const isWanted = useEverTrue(props.isOpen ?? opener?.state.isOpen ?? false);
  return (
    isWanted && (
      <Suspense fallback={null}>
        <PanelWindow {...props} opener={props.triggerRef ? null : opener} />
      </Suspense>
    )
  );
}
