import { X } from "lucide-react";
import { Link } from "react-aria-components";
import { IconButton } from "./IconButton";
import styles from "./SectionBar.module.css";

export interface SectionBarProps {
  /** Its name for screen readers. */
  label: string;
  sections: readonly { href: string; icon: React.ReactNode; title: string; isCurrent: boolean }[];
  closeLabel: string;
  onClose: () => void;
}

/** The head of pages that belong together: a link to each, and a way back to where one came from. */
export function SectionBar({ label, sections, closeLabel, onClose }: SectionBarProps) {
  return (
    <header className={styles.bar}>
      <nav className={styles.sections} aria-label={label}>
        {sections.map(({ href, icon, title, isCurrent }) => (
          <Link
            key={href}
            href={href}
            className={styles.section}
            aria-current={isCurrent ? "page" : undefined}
          >
            {icon}
            {title}
          </Link>
        ))}
      </nav>
      <IconButton label={closeLabel} icon={<X size={20} />} onPress={onClose} />
    </header>
  );
}
