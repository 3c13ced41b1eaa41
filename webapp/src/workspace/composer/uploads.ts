import { useState } from "react";
import { changeDraft, chat, messageOf } from "@/api";
import { toast } from "@/ui";

interface Upload {
  place: string;
  name: string;
}

/** Files on their way into a draft: their names while they are, in the place for which they were chosen. */
export function useUploads(place: string, channelId: string, failed: (name: string) => string) {
  const [all, setAll] = useState<readonly Upload[]>([]);

  async function upload(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const one = { place, name: file.name };
      setAll((before) => [...before, one]);
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
        setAll((before) => before.filter((other) => other !== one));
      }
    }
  }

  return { names: all.filter((one) => one.place === place).map((one) => one.name), upload };
}
