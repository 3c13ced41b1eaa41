import type { Feature } from "@/host";

/** Who one is: signing in and out. */
export const account: Feature = {
  pages: [{ path: "/login", frame: "public", load: () => import("./SignInPage") }],
};
