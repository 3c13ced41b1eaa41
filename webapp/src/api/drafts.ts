import type { FileInfo } from "@mattermost/types/files";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

export interface Draft {
  message: string;
  files: readonly FileInfo[];
}

const NOTHING: Draft = { message: "", files: [] };

/** What has been written and not sent, by channel or thread; this browser keeps it over reloads. */
export const draftStore = create<{ drafts: Readonly<Record<string, Draft>> }>()(
  persist((): { drafts: Readonly<Record<string, Draft>> } => ({ drafts: {} }), {
    name: "drafts",
    storage: createJSONStorage(() => localStorage),
  }),
);

export function useDraft(place: string): Draft {
  return draftStore((state) => state.drafts[place] ?? NOTHING);
}

export function changeDraft(place: string, change: (draft: Draft) => Draft): void {
  draftStore.setState(({ drafts }) => {
    const { [place]: before = NOTHING, ...others } = drafts;
    const after = change(before);
    const isEmpty = after.message === "" && after.files.length === 0;
    return { drafts: isEmpty ? others : { ...others, [place]: after } };
  });
}

/** Whether something has been written there. */
export function useHasDraft(place: string): boolean {
  return draftStore((state) => state.drafts[place] !== undefined);
}
