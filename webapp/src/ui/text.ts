import { textHook } from "./intl";
import type en from "./text.en";

export const useUiText = textHook<typeof en>("ui");
