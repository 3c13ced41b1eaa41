import { FileTrigger } from "react-aria-components";
import { Button, type ButtonProps } from "./Button";

/** The pictures that people and bots may have. */
export const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export interface FileButtonProps extends Omit<ButtonProps, "onPress" | "type"> {
  /** Types or endings of the files that are offered. */
  accept: readonly string[];
  onFile: (file: File) => void;
}

/** A button that lets one choose a file of one's own. */
export function FileButton({ accept, onFile, ...rest }: FileButtonProps) {
  return (
    <FileTrigger
      acceptedFileTypes={accept}
      onSelect={(files) => {
        const file = files?.[0];
        if (file) onFile(file);
      }}
    >
      <Button {...rest} />
    </FileTrigger>
  );
}
