import { useMutation } from "@tanstack/react-query";
import { Upload, X } from "lucide-react";
import { cache, importArchive, keys, messageOf } from "@/api";
import { Link, paths, useMe, useTeam } from "@/host";
import { Banner, FileButton, IconButton } from "@/ui";
import styles from "./ImportArchive.module.css";
import { standingOf } from "./standing";
import { useArchiveText } from "./text";

/** Bring in the incident of an archive, and hear what the archive turned out to be. For who may do so. */
export function ImportArchive() {
  const text = useArchiveText();
  const { isAdmin } = useMe();
  const team = useTeam();
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
      <FileButton
        icon={<Upload size={16} />}
        accept={[".zip", "application/zip"]}
        isPending={upload.isPending}
        onFile={(file) => upload.mutate(file)}
      >
        {text("import")}
      </FileButton>
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
