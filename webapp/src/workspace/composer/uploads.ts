import { useState } from "react";
import { changeDraft, chat, messageOf } from "@/api";
import { toast } from "@/ui";

/** Files on their way into a draft: their names while they are. */
export function useUploads(place: string, channelId: string, failed: (name: string) => string) {
  const [names, setNames] = useState<readonly string[]>([]);

  async function upload(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      setNames((before) => [...before, file.name]);
      try {
        const form = new FormData();
        form.append("channel_id", channelId);
        form.append("client_ids", crypto.randomUUID());
        form.append("files", file, file.name);
        const { file_infos } = await chat.uploadFile(form);
        changeDraft(place, (draft) => ({ ...draft, files: [...draft.files, ...file_infos] }));
      } catch (error) {
        toast({ text: messageOf(error) ?? failed(file.name), tone: "danger" });
      } finally {
        setNames((before) => before.toSpliced(before.indexOf(file.name), 1));
      }
    }
  }

  return { names, upload };
}
