import { SmilePlus } from "lucide-react";
import { lazy, Suspense } from "react";
import { DialogTrigger, IconButton, PopoverPanel, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";

const EmojiGrid = lazy(() => import("./EmojiGrid"));

interface EmojiPickerProps {
  label: string;
  size?: "s" | "m";
  icon?: React.ReactNode;
  onPick: (name: string, unicode: string) => void;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A button that opens all emoji. */
export function EmojiPicker({
  label,
  size,
  icon = <SmilePlus size={16} />,
  onPick,
  onOpenChange,
}: EmojiPickerProps) {
  const text = useWorkspaceText();
  return (
    <DialogTrigger onOpenChange={onOpenChange}>
      <IconButton size={size} label={label} icon={icon} />
      <PopoverPanel label={label} width="l" placement="bottom start">
        {({ close }) => (
          <Suspense fallback={<Spinner label={text("loading")} />}>
            <EmojiGrid
              onPick={(name, unicode) => {
                onPick(name, unicode);
                close();
              }}
            />
          </Suspense>
        )}
      </PopoverPanel>
    </DialogTrigger>
  );
}
