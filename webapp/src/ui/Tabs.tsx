import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import styles from "./Tabs.module.css";

export interface TabsProps {
  label: string;
  tabs: readonly { id: string; title: string; content: React.ReactNode }[];
  selected: string;
  onSelect: (id: string) => void;
}

/** A few views of one thing; the chosen one is held outside, best in the address. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      className={styles.tabs}
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(String(key))}
    >
      <TabList aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            ref={tab.id === selected ? bringIntoView : null}
            className={styles.tab}
          >
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** Where tabs need more room than there is. Nothing around them scrolls. */
function bringIntoView(tab: HTMLElement | null): void {
  const list = tab?.closest('[role="tablist"]');
  if (!tab || !list) return;
  const room = list.getBoundingClientRect();
  const { left, right } = tab.getBoundingClientRect();
  const hidden = Math.min(left - room.left, 0) || Math.max(right - room.right, 0);
  list.scrollBy({ left: hidden });
}
