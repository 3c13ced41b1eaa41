import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { incidentApiUrl } from "@/api";
import { Banner, Button, Menu, MenuItem } from "@/ui";
import { useIncidentsText } from "../text";
import styles from "./ExportMenu.module.css";

const SHOWN_MS = 2_500;
const CHANNEL_EXPORT = "/plugins/com.mattermost.plugin-channel-export/api/v1/export";
const FORMATS = [
  { text: "asCsv", hint: "asCsvHint", query: "format=csv&safe=1" },
  { text: "asMarkdown", hint: "asMarkdownHint", query: "format=markdown" },
  { text: "asJson", hint: "asJsonHint", query: "format=json" },
] as const;

interface ExportMenuProps {
  incident: string;
  /** "" if there is none to be exported. */
  channelId: string;
  isIn: boolean | undefined;
}

/** The channel's log as a file, or all of the incident as an archive. Only for those who may read the channel. */
export function ExportMenu({ incident, channelId, isIn }: ExportMenuProps) {
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
        {(channelId === "" ? [] : FORMATS).map((format) => (
          <MenuItem
            key={format.query}
            hint={text(format.hint)}
            onAction={() => {
              setLoading(true);
              download(`${CHANNEL_EXPORT}?channel_id=${channelId}&${format.query}`);
            }}
          >
            {text(format.text)}
          </MenuItem>
        ))}
        <MenuItem
          hint={text("asArchiveHint")}
          onAction={() => {
            setLoading(true);
            download(`${incidentApiUrl}/incidents/${incident}/archive`);
          }}
        >
          {text("asArchive")}
        </MenuItem>
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
function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
