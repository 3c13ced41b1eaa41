import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Ellipsis } from "lucide-react";
import { memo, useMemo, useRef, useState } from "react";
import {
  categoriesQuery,
  changeCategory,
  deleteCategory,
  isUnread,
  membershipsQuery,
  messageOf,
  moveCategory,
} from "@/api";
import { useChannel, useTeam } from "@/host";
import { announcePolitely, IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { openDialog } from "../dialogs/open";
import { useWorkspaceText } from "../text";
import { ChannelRow } from "./ChannelRow";
import { useCategoryDrag } from "./dragging";
import { ShownOrder, stepTo } from "./order";
import styles from "./Sidebar.module.css";
import { firstOf, ONGOING, type Section } from "./sections";

/** So many channels are drawn of a category, and so many more with each press: thousands would stop the browser. */
const MOST = 100;
const MORE = 200;

/** A category with its channels. Collapsed it still shows what is unread. */
export function SidebarSection({ section }: { section: Section }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const { category, channels } = section;
  const [isOngoingShut, setIsOngoingShut] = useState(false);
  const isShut = category?.collapsed ?? isOngoingShut;
  const { data: memberships } = useQuery(membershipsQuery(team.id));
  const { ref, isOver } = useCategoryDrag(category);
  const order = useRef<readonly string[]>([]);
  order.current = channels.map((channel) => channel.id);
  const here = useChannel()?.id;
  const [most, setMost] = useState(MOST);
  if (category?.type === "favorites" && channels.length === 0) return null;
  const title = titleOf(section, text);
  const isWaiting = (channel: ServerChannel) => isUnread(channel, memberships?.get(channel.id));
  const shown = isShut
    ? channels.filter(isWaiting).slice(0, most)
    : firstOf(channels, most, (channel) => channel.id === here || isWaiting(channel));
  const left = isShut ? 0 : channels.length - shown.length;
  const toggle = () => {
    if (category) void changeCategory(team.id, category.id, { collapsed: !isShut }).catch(told);
    else setIsOngoingShut(!isShut);
  };
  return (
    <section className={styles.section} ref={ref} data-over={isOver || undefined}>
      <div className={styles.heading}>
        <h2>
          <button type="button" className={styles.toggle} aria-expanded={!isShut} onClick={toggle}>
            <ChevronRight size={13} aria-hidden="true" className={styles.chevron} />
            {title}
          </button>
        </h2>
        {category && <CategoryMenu category={category} title={title} />}
      </div>
      <ShownOrder value={order}>
        <ul>
          {shown.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              membership={memberships?.get(channel.id)}
              categoryId={category?.id ?? ""}
              isIncident={section.id === ONGOING}
            />
          ))}
        </ul>
      </ShownOrder>
      {left > 0 && (
        <button type="button" className={styles.more} onClick={() => setMost(most + MORE)}>
          {text("moreChannels", { count: left })}
        </button>
      )}
    </section>
  );
}

function titleOf({ category }: Section, text: ReturnType<typeof useWorkspaceText>): string {
  switch (category?.type) {
    case undefined:
      return text("ongoingIncidents");
    case "favorites":
      return text("favourites");
    case "channels":
      return text("channels");
    case "direct_messages":
      return text("directMessages");
    default:
      return category?.display_name ?? "";
  }
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

type Category = NonNullable<Section["category"]>;

const CategoryMenu = memo(function CategoryMenu({ category, title }: { category: Category; title: string }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const label = text("categoryMenu", { name: title });
  const sort = (sorting: string) =>
    void changeCategory(team.id, category.id, { sorting: sorting as Category["sorting"] }).catch(told);
  const order = useSectionOrder(team.id);
  const step = (by: -1 | 1) => {
    const before = stepTo(order, category.id, by);
    if (before === null) return;
    void moveCategory(team.id, category.id, before).catch(told);
    announcePolitely(
      text("movedTo", { name: title, at: order.indexOf(category.id) + by + 1, count: order.length }),
    );
  };
  return (
    <span className={styles.menu}>
      <Menu label={label} trigger={<IconButton size="s" label={label} icon={<Ellipsis size={15} />} />}>
        <MenuItem onAction={() => sort("alpha")}>{text("sortByName")}</MenuItem>
        <MenuItem onAction={() => sort("recent")}>{text("sortByRecent")}</MenuItem>
        <MenuItem onAction={() => sort("manual")}>{text("sortByHand")}</MenuItem>
        <MenuItem
          onAction={() => void changeCategory(team.id, category.id, { muted: !category.muted }).catch(told)}
        >
          {text(category.muted ? "unmuteCategory" : "muteCategory")}
        </MenuItem>
        <MenuItem isDisabled={stepTo(order, category.id, -1) === null} onAction={() => step(-1)}>
          {text("moveCategoryUp")}
        </MenuItem>
        <MenuItem isDisabled={stepTo(order, category.id, 1) === null} onAction={() => step(1)}>
          {text("moveCategoryDown")}
        </MenuItem>
        {category.type === "custom" && <MenuSeparator />}
        {category.type === "custom" && (
          <MenuItem onAction={() => openDialog("category", { id: category.id, name: category.display_name })}>
            {text("renameCategory")}
          </MenuItem>
        )}
        {category.type === "custom" && (
          <MenuItem isDanger onAction={() => void deleteCategory(team.id, category.id).catch(told)}>
            {text("deleteCategory")}
          </MenuItem>
        )}
      </Menu>
    </span>
  );
});

/** The categories that are shown, in their order: without channels the favourites are not. */
function useSectionOrder(team: string): readonly string[] {
  const { data } = useQuery(categoriesQuery(team));
  return useMemo(() => {
    const empty = data?.categories.find((one) => one.type === "favorites" && one.channel_ids.length === 0);
    return (data?.order ?? []).filter((id) => id !== empty?.id);
  }, [data]);
}
