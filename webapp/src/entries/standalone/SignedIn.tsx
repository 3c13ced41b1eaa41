import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useLayoutEffect } from "react";
import { keepCacheLive, meQuery, messageOf, statusOf } from "@/api";
import { placeStore, starts } from "@/host";
import { ErrorState, Spinner, StateScreen } from "@/ui";
import { connect } from "../common/socket";

interface SignedInProps {
  children: ReactNode;
  /** Where the live events come from. */
  socket?: string;
}

/** Whatever only those who are signed in may see: finds out who it is, and keeps the socket open meanwhile. */
export function SignedIn({ children, socket = "/api/v4/websocket" }: SignedInProps) {
  const { data: me, error, refetch } = useQuery(meQuery);
  const shown = placeStore((place) => place.me);
  useLayoutEffect(() => {
    placeStore.setState({
      me: me
        ? { id: me.id, username: me.username, isAdmin: me.roles.split(" ").includes("system_admin") }
        : null,
    });
  }, [me]);

  const id = me?.id;
  useEffect(() => {
    if (id === undefined) return;
    const ends = [keepCacheLive(), ...starts().map((start) => start()), connect({ path: socket })];
    return () => {
      for (const end of ends) end();
    };
  }, [id, socket]);

  if (error && statusOf(error) !== 401) {
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(error)} onRetry={() => void refetch()} />
      </StateScreen>
    );
  }
  if (!me || shown?.id !== me.id) return <Spinner />;
  return children;
}
