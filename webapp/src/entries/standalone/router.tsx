import type { ComponentType } from "react";
import { createBrowserRouter, Outlet, type RouteObject, useParams } from "react-router";
import { type Page, type PageProps, pages } from "@/host";
import { TeamFrame } from "@/workspace";
import { HomePage } from "./HomePage";
import { NotFoundPage, PageFailed } from "./NotFoundPage";
import { SignedIn } from "./SignedIn";
import { Surroundings } from "./Surroundings";

/** Every address: the features' pages in their frames. */
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
            <SignedIn>
              <Outlet />
            </SignedIn>
          ),
          ErrorBoundary: PageFailed,
          children: [
            { path: "/", Component: HomePage },
            ...routesIn("person"),
            { Component: TeamLayout, ErrorBoundary: PageFailed, children: routesIn("team") },
          ],
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
}

/** The features' pages that stand in a frame. */
export function routesIn(frame: Page["frame"]): RouteObject[] {
  return pages()
    .filter((page) => page.frame === frame)
    .map((page) => ({
      path: page.path,
      lazy: async () => ({ Component: withParams((await page.load()).default) }),
    }));
}

function withParams(Shown: ComponentType<PageProps>) {
  return function ShownPage() {
    const params = useParams();
    return <Shown params={params as PageProps["params"]} />;
  };
}

function TeamLayout() {
  const { team = "" } = useParams();
  return (
    <TeamFrame team={team}>
      <Outlet />
    </TeamFrame>
  );
}
