import { ArrowLeft } from "lucide-react";
import { Link, paths, useSearchParam } from "@/host";
import { SettingsPage } from "@/ui";
import { LooksTab } from "./LooksTab";
import { NotificationsTab } from "./NotificationsTab";
import { ProfileTab } from "./ProfileTab";
import { SecurityTab } from "./SecurityTab";
import { useAccountText } from "./text";

/** One's own account: who one is, how one signs in, what one hears of, how it looks. */
export default function AccountPage() {
  const text = useAccountText();
  const [tab, setTab] = useSearchParam("tab");
  return (
    <SettingsPage
      title={text("account")}
      back={
        <Link href={paths.home}>
          <ArrowLeft size={16} aria-hidden="true" />
          {text("back")}
        </Link>
      }
      selected={tab || "profile"}
      onSelect={setTab}
      tabs={[
        { id: "profile", title: text("profile"), content: <ProfileTab /> },
        { id: "security", title: text("security"), content: <SecurityTab /> },
        { id: "notifications", title: text("notifications"), content: <NotificationsTab /> },
        { id: "looks", title: text("looks"), content: <LooksTab /> },
      ]}
    />
  );
}
