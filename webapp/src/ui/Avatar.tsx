import styles from "./Avatar.module.css";

export interface AvatarProps {
  /** Address of the picture. */
  src: string;
  /** Whose it is; leave it out where the name stands beside it. */
  name?: string;
  size?: 16 | 20 | 24 | 32 | 48 | 96;
  status?: "online" | "away" | "dnd" | "offline";
}

export function Avatar({ src, name = "", size = 32, status }: AvatarProps) {
  return (
    <span className={styles.avatar} data-size={size}>
      <img
        src={src}
        alt={name}
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        draggable={false}
      />
      {status && status !== "offline" && <span className={styles.status} data-status={status} />}
    </span>
  );
}
