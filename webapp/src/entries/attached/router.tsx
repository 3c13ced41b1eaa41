import { createBrowserRouter, Outlet, useMatch, useParams } from "react-router";
import { paths } from "@/host";
import { NotFoundPage, PageFailed } from "../standalone/NotFoundPage";
import { routesIn } from "../standalone/router";
import { SignedIn } from "../standalone/SignedIn";
import { Surroundings } from "../standalone/Surroundings";
import { Frame, Home } from "./Frame";

const SOCKET = "/plugins/com.mattermost.plugin-incident-management/api/v0/websocket";

/** Every address of our pages: what Mattermost lacks in a frame of its own, and ways into Mattermost. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: (
        <Surroundings>
          <Outlet />
        </Surroundings>
      ),
      ErrorBoundary: PageFailed,
      HydrateFallback: () => null,
      children: [
        ...routesIn("public"),
        {
          element: (
            <SignedIn socket={SOCKET}>
              <Outlet />
            </SignedIn>
          ),
          ErrorBoundary: PageFailed,
          children: [
            { path: "/", Component: Home },
            { Component: TeamLayout, ErrorBoundary: PageFailed, children: routesIn("team") },
          ],
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
}

function TeamLayout() {
  const { team = "" } = useParams();
  const incident = useMatch(paths.incident(":team", ":id"))?.params.id;
  return (
    <Frame team={team} incident={incident}>
      <Outlet />
    </Frame>
  );
}
