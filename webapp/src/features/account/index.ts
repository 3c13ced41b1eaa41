import { Settings, Users } from "lucide-react";
import { createElement } from "react";
import { type Feature, navigate, paths } from "@/host";
import { useAccountText } from "./text";

/** Who one is: getting in, one's teams, one's account. */
export const account: Feature = {
  pages: [
    { path: "/login", frame: "public", load: () => import("./SignInPage") },
    { path: "/setup", frame: "public", load: () => import("./SetupPage") },
    { path: "/reset_password", frame: "public", load: () => import("./ForgottenPage") },
    { path: "/reset_password_complete", frame: "public", load: () => import("./NewPasswordPage") },
    { path: "/mfa/setup", frame: "public", load: () => import("./TwoFactorPage") },
    { path: "/signup_user_complete", frame: "public", load: () => import("./SignUpPage") },
    { path: "/select_team", frame: "person", load: () => import("./SelectTeamPage") },
    { path: "/account", frame: "person", load: () => import("./AccountPage") },
  ],
  mainMenuEntries: [
    {
      id: "account",
      icon: createElement(Settings, { size: 16 }),
      useText: () => useAccountText()("account"),
      onAction: () => navigate("/account"),
    },
    {
      id: "teams",
      icon: createElement(Users, { size: 16 }),
      useText: () => useAccountText()("teams"),
      onAction: () => navigate(paths.selectTeam),
    },
  ],
};
