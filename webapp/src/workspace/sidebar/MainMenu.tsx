import { ChevronDown, CircleDot, DoorOpen, Keyboard, LogOut, Siren, UserPlus } from "lucide-react";
import { Button } from "react-aria-components";
import { cache, chat, savePreference, usePreference } from "@/api";
import { type MainMenuEntry, mainMenuEntries, navigate, paths } from "@/host";
import { Menu, MenuItem, MenuSeparator } from "@/ui";
import { openDialog } from "../dialogs/open";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./Sidebar.module.css";

/** The team's name with the main menu: what features add, and what concerns the whole product. */
export function MainMenu({ name }: { name: string }) {
  const text = useWorkspaceText();
  const gathers = usePreference("sidebar_settings", "gather_incidents") !== "false";
  return (
    <Menu
      label={text("mainMenu")}
      placement="bottom start"
      trigger={
        <Button className={styles.teamName} aria-label={`${name}, ${text("mainMenu")}`}>
          <span>{name}</span>
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      }
    >
      {mainMenuEntries().map((entry) => (
        <ContributedItem key={entry.id} entry={entry} />
      ))}
      {mainMenuEntries().length > 0 && <MenuSeparator />}
      <MenuItem icon={<UserPlus size={16} />} onAction={() => openDialog("invite")}>
        {text("invitePeople")}
      </MenuItem>
      <MenuItem icon={<DoorOpen size={16} />} onAction={() => openDialog("leaveTeam")}>
        {text("leaveTeam")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<CircleDot size={16} />} onAction={() => openDialog("status")}>
        {text("yourStatus")}
      </MenuItem>
      <MenuItem
        icon={<Siren size={16} />}
        onAction={() =>
          void savePreference("sidebar_settings", "gather_incidents", gathers ? "false" : "true")
        }
      >
        {text(gathers ? "gatherNot" : "gather")}
      </MenuItem>
      <MenuItem icon={<Keyboard size={16} />} onAction={() => openDialog("shortcuts")}>
        {text("shortcuts")}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} />} onAction={() => void signOut()}>
        {text("signOut")}
      </MenuItem>
    </Menu>
  );
}

function ContributedItem({ entry }: { entry: MainMenuEntry }) {
  const words = entry.useText();
  const isShown = entry.useIsShown?.() ?? true;
  if (!isShown) return null;
  return (
    <MenuItem
      icon={entry.icon}
      onAction={() => {
        closeSidebar();
        entry.onAction();
      }}
    >
      {words}
    </MenuItem>
  );
}

async function signOut(): Promise<void> {
  await chat.logout();
  cache.clear();
  navigate(paths.signIn, { replace: true });
}
