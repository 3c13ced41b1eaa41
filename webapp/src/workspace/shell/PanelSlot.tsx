import { Maximize2, Minimize2, X } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { panelStore, panels, useIsNarrow } from "@/host";
import { IconButton, Spinner } from "@/ui";
import { useWorkspaceText } from "../text";
import { leavePanel } from "./back";
import styles from "./PanelSlot.module.css";

interface PanelSlotProps {
  id: string;
  params: Readonly<Record<string, string>>;
  isWide: boolean;
}

/** The right-hand side: head and body of the panel that is open. */
export default function PanelSlot({ id, params, isWide }: PanelSlotProps) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const head = useRef<HTMLElement>(null);
  const panel = panels().find((one) => one.id === id);
  useEffect(() => {
    if (isNarrow && id !== "") head.current?.focus();
  }, [isNarrow, id]);
  if (!panel) return null;
  // Where it covers the page it is the page.
  const [Around, Heading] = isWide ? (["main", "h1"] as const) : (["aside", "h2"] as const);
  return (
    <Around className={styles.panel} data-wide={isWide || undefined} aria-label={text("panel")}>
      <header className={styles.head} ref={head} tabIndex={-1}>
        <Heading className={styles.title}>
          <panel.Title params={params} />
        </Heading>
        {!isNarrow && (
          <IconButton
            label={text(isWide ? "panelNarrower" : "panelWider")}
            icon={isWide ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
            onPress={() => panelStore.setState({ isWide: !isWide })}
          />
        )}
        <IconButton label={text("closePanel")} icon={<X size={18} />} onPress={leavePanel} />
      </header>
      <div className={styles.body}>
        <Suspense fallback={<Spinner label={text("loading")} />}>
          <panel.Body key={JSON.stringify(params)} params={params} />
        </Suspense>
      </div>
    </Around>
  );
}
