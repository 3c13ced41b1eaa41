import { useMutation } from "@tanstack/react-query";
import { Upload, X } from "lucide-react";
import { useRef } from "react";
import { cache, importArchive, keys, messageOf } from "@/api";
import { Link, paths, useMe, useTeam } from "@/host";
import { Banner, Button, IconButton } from "@/ui";
import styles from "./ImportArchive.module.css";
import { standingOf } from "./standing";
import { useArchiveText } from "./text";

/** Bring in the incident of an archive, and hear what the archive turned out to be. For who may do so. */
export function ImportArchive() {
  const text = useArchiveText();
  const { isAdmin } = useMe();
  const team = useTeam();
  const file = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) => importArchive(team.id, chosen),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.incidents(team.id) }),
  });
  if (!isAdmin) return null;
  const dismiss = (
    <IconButton label={text("dismiss")} icon={<X size={16} />} onPress={() => upload.reset()} />
  );
  return (
    <div className={styles.import}>
      <input
        ref={file}
        type="file"
        accept=".zip,application/zip"
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) upload.mutate(chosen);
          event.target.value = "";
        }}
      />
      <Button icon={<Upload size={16} />} isPending={upload.isPending} onPress={() => file.current?.click()}>
        {text("import")}
      </Button>
      {upload.data && (
        <Banner tone={standingOf(upload.data.standing).tone} action={dismiss}>
          {text("imported", { standing: text(standingOf(upload.data.standing).text) })}{" "}
          <Link href={paths.incident(team.name, upload.data.id)}>{text("open")}</Link>
        </Banner>
      )}
      {upload.error && (
        <Banner tone="danger" action={dismiss}>
          {text("notImported", { reason: messageOf(upload.error) ?? text("notReached") })}
        </Banner>
      )}
    </div>
  );
}
