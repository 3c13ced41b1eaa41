import { Download } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/ui";
import styles from "./Dashboard.module.css";
import { csvAddress, type Question, type Table } from "./questions";
import { useDashboardText } from "./text";

interface CardProps {
  title: string;
  hint?: string;
  csv: Table;
  question: Question;
  chart?: React.ReactNode;
  table: React.ReactNode;
}

/** Something of the dashboard, as a chart or as the table behind it, and as a file. */
export function Card({ title, hint, csv, question, chart, table }: CardProps) {
  const text = useDashboardText();
  const heading = useId();
  const [isTable, setTable] = useState(false);
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <header className={styles.head}>
        <h2 id={heading} className={styles.heading}>
          {title}
        </h2>
        {chart !== undefined && (
          <Button
            size="s"
            aria-label={`${text(isTable ? "asChart" : "asTable")}: ${title}`}
            onPress={() => setTable(!isTable)}
          >
            {text(isTable ? "asChart" : "asTable")}
          </Button>
        )}
        <a
          className={styles.csv}
          href={csvAddress(csv, question)}
          download
          aria-label={text("csv", { table: text(`table_${csv}`) })}
        >
          <Download size={14} aria-hidden="true" />
          CSV
        </a>
      </header>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {chart === undefined || isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
        <div className={styles.wide} tabIndex={0}>
          {table}
        </div>
      ) : (
        chart
      )}
    </section>
  );
}
