import { Plus, Search } from "lucide-react";
import { memo } from "react";
import { useTeam } from "@/host";
import { IconButton, Menu, MenuItem } from "@/ui";
import { openDialog } from "../dialogs/open";
import { useWorkspaceText } from "../text";
import { warmDragging } from "./dragging";
import { MainMenu } from "./MainMenu";
import styles from "./Sidebar.module.css";
import { SidebarSection } from "./SidebarSection";
import { TeamRail } from "./TeamRail";
import { useSections } from "./useSections";

/** The left-hand side: the teams, the team's menu, and the channels one is in. On a phone it is a page. */
export const Sidebar = memo(function Sidebar({ isPage = false }: { isPage?: boolean }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const Around = isPage ? "main" : "div";
  return (
    <Around className={styles.side}>
      {isPage && <h1 className="hidden-text">{team.displayName}</h1>}
      <TeamRail />
      <nav className={styles.sidebar} aria-label={text("sidebar")} onPointerMove={warmDragging}>
        <header className={styles.team}>
          <MainMenu name={team.displayName} />
          <AddMenu />
        </header>
        <button type="button" className={styles.find} onClick={() => openDialog("switch")}>
          <Search size={15} aria-hidden="true" />
          <span>{text("findChannel")}</span>
          <kbd>{text("findKeys")}</kbd>
        </button>
        <div className={styles.lists}>
          <Sections />
        </div>
      </nav>
    </Around>
  );
});

/** They change with each post; what is around them does not. */
function Sections() {
  return useSections().map((section) => <SidebarSection key={section.id} section={section} />);
}

function AddMenu() {
  const text = useWorkspaceText();
  return (
    <Menu label={text("add")} trigger={<IconButton size="s" label={text("add")} icon={<Plus size={18} />} />}>
      <MenuItem onAction={() => openDialog("browse")}>{text("browseChannels")}</MenuItem>
      <MenuItem onAction={() => openDialog("create")}>{text("createChannel")}</MenuItem>
      <MenuItem onAction={() => openDialog("message")}>{text("newMessage")}</MenuItem>
      <MenuItem onAction={() => openDialog("category")}>{text("newCategory")}</MenuItem>
    </Menu>
  );
}
