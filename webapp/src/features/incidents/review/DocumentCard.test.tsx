import type { ServerChannel } from "@mattermost/types/channels";
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { afterEach, expect, test } from "vitest";
import { cache, channelsQuery, type Incident, metadataQuery } from "@/api";
import { placeStore } from "@/host";
import { DocumentCard } from "./DocumentCard";
import { documentQuery } from "./documentQuestions";
import en from "./text.en";

afterEach(() => {
  cleanup();
  cache.clear();
});

const imported: Incident = {
  id: "i",
  name: "Cart is empty",
  description: "",
  is_active: false,
  commander_user_id: "",
  team_id: "t",
  channel_id: "c",
  create_at: 1,
  end_at: 2,
  delete_at: 0,
  active_stage: 0,
  active_stage_title: "",
  post_id: "",
  playbook_id: "",
  checklists: [],
  status_post_ids: [],
  status_posts: [],
  reminder_post_id: "",
  previous_reminder: 0,
  broadcast_channel_id: "",
  reminder_message_template: "",
  is_practice: false,
  is_imported: true,
};

/** The card of an imported incident with comments, whose channel has that name. */
function shown(channelName: string): void {
  placeStore.setState({ team: { id: "t", name: "ops", displayName: "Ops" } });
  cache.setQueryData(channelsQuery("t").queryKey, new Map<string, ServerChannel>());
  cache.setQueryData(metadataQuery("i").queryKey, {
    channel_name: channelName,
    channel_display_name: channelName,
    team_name: "ops",
    num_members: 1,
    total_posts: 1,
    is_member: true,
  });
  cache.setQueryData(documentQuery("i", "UTC").queryKey, {
    incident_id: "i",
    version: 1,
    status: "published",
    text: "What happened",
    editor_id: "",
    create_at: 1,
    update_at: 1,
    discussion_post_id: "p",
    published_version: 1,
    published_at: 1,
  });
  const rooms = { review: en, ui: { cancel: "Cancel" } };
  const messages = Object.fromEntries(
    Object.entries(rooms).flatMap(([room, words]) =>
      Object.entries(words).map(([key, text]) => [`${room}.${key}`, text]),
    ),
  );
  render(
    <IntlProvider locale="en" timeZone="UTC" messages={messages}>
      <QueryClientProvider client={cache}>
        <DocumentCard incident={imported} canWrite={false} />
      </QueryClientProvider>
    </IntlProvider>,
  );
}

const comments = () => screen.queryByRole("link", { name: en.openComments });

test("from a document that was published one gets to the comments in the channel", () => {
  shown("cart-is-empty");

  expect(comments()?.getAttribute("href")).toContain("/pl/p");
});

test("where there is no channel, nothing leads to it", () => {
  shown("");

  expect(screen.getByText("What happened")).toBeTruthy();
  expect(comments()).toBeNull();
});
