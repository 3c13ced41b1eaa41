import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "./Button";
import styles from "./Pager.module.css";
import { useUiText } from "./text";

export interface PagerProps {
  /** From 0. */
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
}

/** Which part of a list is shown, and the way to the parts before and after it. */
export function Pager({ page, perPage, total, onPage }: PagerProps) {
  const text = useUiText();
  const last = Math.min(total, (page + 1) * perPage);
  return (
    <nav className={styles.pager} aria-label={text("pages")}>
      {page > 0 && (
        <Button size="s" icon={<ChevronLeft size={16} />} onPress={() => onPage(page - 1)}>
          {text("previous")}
        </Button>
      )}
      <span className={styles.part}>
        {text("partOfTotal", { first: total === 0 ? 0 : page * perPage + 1, last, total })}
      </span>
      {last < total && (
        <Button size="s" icon={<ChevronRight size={16} />} onPress={() => onPage(page + 1)}>
          {text("next")}
        </Button>
      )}
    </nav>
  );
}
