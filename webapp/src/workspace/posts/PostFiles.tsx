import type { FileInfo } from "@mattermost/types/files";
import type { Post } from "@mattermost/types/posts";
import { Download, FileText } from "lucide-react";
import { useState } from "react";
import { Dialog } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./PostFiles.module.css";

const fileUrl = (id: string, what = "") => `/api/v4/files/${id}${what}`;

/** Files of a post: pictures as pictures, others as cards to download. */
export function PostFiles({ post }: { post: Post }) {
  const files = post.metadata?.files ?? [];
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.id}>{isPicture(file) ? <Picture file={file} /> : <Card file={file} />}</li>
      ))}
    </ul>
  );
}

function isPicture(file: FileInfo): boolean {
  return file.mime_type.startsWith("image/") && file.width > 0;
}

const LARGEST = { width: 420, height: 300 };

function Picture({ file }: { file: FileInfo }) {
  const text = useWorkspaceText();
  const [isOpen, setIsOpen] = useState(false);
  const scale = Math.min(1, LARGEST.width / file.width, LARGEST.height / file.height);
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        onClick={() => setIsOpen(true)}
        aria-label={text("openPicture", { name: file.name })}
      >
        <img
          src={fileUrl(file.id, file.has_preview_image ? "/preview" : "")}
          alt=""
          width={Math.round(file.width * scale)}
          height={Math.round(file.height * scale)}
          loading="lazy"
        />
      </button>
      <Dialog
        title={file.name}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        size="l"
        footer={<DownloadLink file={file} />}
      >
        <img className={styles.large} src={fileUrl(file.id)} alt={file.name} />
      </Dialog>
    </>
  );
}

function DownloadLink({ file }: { file: FileInfo }) {
  const text = useWorkspaceText();
  return (
    <a className={styles.download} href={fileUrl(file.id, "?download=1")} download={file.name}>
      <Download size={16} aria-hidden="true" />
      {text("download")}
    </a>
  );
}

function Card({ file }: { file: FileInfo }) {
  return (
    <a className={styles.card} href={fileUrl(file.id, "?download=1")} download={file.name}>
      <FileText size={22} aria-hidden="true" />
      <span className={styles.about}>
        <span className={styles.name}>{file.name}</span>
        <span className={styles.size}>
          {file.extension.toUpperCase()} · {sizeText(file.size)}
        </span>
      </span>
      <Download size={16} aria-hidden="true" />
    </a>
  );
}

const KB = 1024;

function sizeText(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  if (bytes < KB * KB) return `${Math.round(bytes / KB)} kB`;
  return `${(bytes / KB / KB).toFixed(1)} MB`;
}
