import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { Banner, Button, Menu, MenuItem } from "@/ui";
import { useIncidentsText } from "../text";
import styles from "./ExportMenu.module.css";

const SHOWN_MS = 2_500;
const FORMATS = [
  { text: "asCsv", hint: "asCsvHint", query: "format=csv&safe=1" },
  { text: "asMarkdown", hint: "asMarkdownHint", query: "format=markdown" },
  { text: "asJson", hint: "asJsonHint", query: "format=json" },
] as const;

/** The channel's log as a file. Only for those who may read the channel. */
export function ExportMenu({ channelId, isIn }: { channelId: string; isIn: boolean | undefined }) {
  const text = useIncidentsText();
  const [isLoading, setLoading] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    const timer = setTimeout(() => setLoading(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isLoading]);
  if (isIn === false) return null;
  return (
    <>
      <Menu
        label={text("exportLog")}
        trigger={<Button icon={<Download size={16} />}>{text("exportLog")}</Button>}
      >
        {FORMATS.map((format) => (
          <MenuItem
            key={format.query}
            hint={text(format.hint)}
            onAction={() => {
              setLoading(true);
              download(channelId, format.query);
            }}
          >
            {text(format.text)}
          </MenuItem>
        ))}
      </Menu>
      {isLoading && (
        <div className={styles.banner}>
          <Banner>{text("downloading")}</Banner>
        </div>
      )}
    </>
  );
}

/** The browser saves what comes, while it comes. */
function download(channelId: string, query: string): void {
  const link = document.createElement("a");
  link.href = `/plugins/com.mattermost.plugin-channel-export/api/v1/export?channel_id=${channelId}&${query}`;
  link.download = "";
  link.click();
}
