import { textHook } from "@/ui";
import type en from "./text.en";

export const useReviewText = textHook<typeof en>("review");

export type ReviewText = typeof en;
