import { textHook } from "@/ui";
import type en from "./text.en";

export const useProposalsText = textHook<typeof en>("proposals");

export type ProposalsText = ReturnType<typeof useProposalsText>;
