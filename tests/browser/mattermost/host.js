/**
 * A stand-in for Mattermost's web app: its registry, store, history and theme as plugins find them, drawn by the
 * version of React that the page brings. What it shows is as plain as can be; what it asks is the server's REST v4.
 */
"use strict";

const { React, ReactDOM, Redux } = window;
const h = React.createElement;
const page = document.documentElement.dataset;

const THEMES = {
  light: { centerChannelBg: "#ffffff", centerChannelColor: "#3d3c40", linkColor: "#2389d7", buttonBg: "#166de0",
    buttonColor: "#ffffff", errorTextColor: "#fd5960" },
  dark: { centerChannelBg: "#1f1f1f", centerChannelColor: "#dddddd", linkColor: "#0d93ff", buttonBg: "#0177e7",
    buttonColor: "#ffffff", errorTextColor: "#ff6461" },
};

const START = {
  entities: {
    users: { currentUserId: "", profiles: {} },
    teams: { currentTeamId: "", teams: {} },
    channels: { currentChannelId: "", channels: {} },
    preferences: { myPreferences: {} },
    integrations: { dialogTriggerId: "", dialog: null },
  },
  views: { rhs: { isSidebarOpen: false, pluggableId: "" } },
  plugins: { components: [] },
  posts: [],
};

function reduced(state = START, action) {
  const entities = (name, part) =>
    ({ ...state, entities: { ...state.entities, [name]: { ...state.entities[name], ...part } } });
  switch (action.type) {
    case "ENTITIES":
      return entities(action.name, action.part);
    case "RECEIVED_DIALOG_TRIGGER_ID":
      return entities("integrations", { dialogTriggerId: action.data });
    case "RECEIVED_DIALOG":
      return entities("integrations", { dialog: action.data });
    case "UPDATE_RHS_STATE":
      return { ...state, views: { rhs: { isSidebarOpen: action.pluggableId !== "", pluggableId: action.pluggableId } } };
    case "RECEIVED_PLUGIN_COMPONENT":
      return { ...state, plugins: { components: [...state.plugins.components, action.data] } };
    case "REMOVED_PLUGIN_COMPONENT":
      return { ...state, plugins: { components: state.plugins.components.filter((one) => one.id !== action.id) } };
    case "POSTS":
      return { ...state, posts: action.posts };
    default:
      return state;
  }
}

const thunks = ({ dispatch, getState }) => (next) => (action) =>
  typeof action === "function" ? action(dispatch, getState) : next(action);
const store = Redux.createStore(reduced, Redux.applyMiddleware(thunks));
const set = (name, part) => store.dispatch({ type: "ENTITIES", name, part });

const browserHistory = (() => {
  const listeners = new Set();
  let asked = null;
  const here = () => ({ pathname: location.pathname, search: location.search });
  const history = {
    location: here(),
    push: (to) => go("pushState", to),
    replace: (to) => go("replaceState", to),
    listen: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    block: (ask) => ((asked = ask), () => (asked = null)),
  };
  function go(how, to) {
    const { pathname, search } = new URL(to, location.href);
    if (asked && asked({ pathname, search }) === false) return;
    window.history[how]({}, "", to);
    arrived();
  }
  function arrived() {
    history.location = here();
    for (const listener of listeners) listener(history.location);
  }
  window.addEventListener("popstate", arrived);
  return history;
})();
window.WebappUtils = { browserHistory };

async function ask(path, body) {
  const csrf = /MMCSRF=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  const answer = await fetch(`/api/v4${path}`, body && {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
  });
  return answer.json();
}

async function arrive() {
  const [, teamName, where, name] = location.pathname.split("/");
  const { teams } = store.getState().entities.teams;
  const team = Object.values(teams).find((one) => one.name === teamName);
  set("teams", { currentTeamId: team.id });
  if (where !== "channels") return;
  const channel = await ask(`/teams/${team.id}/channels/name/${name}`);
  const { channels } = store.getState().entities.channels;
  set("channels", { channels: { ...channels, [channel.id]: channel }, currentChannelId: channel.id });
  await readPosts();
}

async function readPosts() {
  const { order, posts } = await ask(`/channels/${store.getState().entities.channels.currentChannelId}/posts`);
  store.dispatch({ type: "POSTS", posts: order.map((id) => posts[id]).reverse() });
}

async function say(message) {
  const { channels, teams } = store.getState().entities;
  let args = { channel_id: channels.currentChannelId, team_id: teams.currentTeamId, root_id: "" };
  for (const { hook } of components("SlashCommandWillBePosted")) {
    const said = await hook(message, args);
    if (!said.message) return;
    ({ message, args } = said);
  }
  window.lastCommand = message;
  const { trigger_id } = await ask("/commands/execute", { command: message, ...args });
  if (trigger_id) store.dispatch({ type: "RECEIVED_DIALOG_TRIGGER_ID", data: trigger_id });
}

const plugins = {};
const eventHandlers = {};
let reconnectHandler = null;
let ids = 0;

window.registerPlugin = (id, plugin) => void (plugins[id] = plugin);
const components = (place) => store.getState().plugins.components.filter((one) => one.place === place);

/** Its methods are functions of their own for each, as newer versions have them. */
class PluginRegistry {
  constructor(id) {
    this.id = id;
    Object.assign(this, methodsOf(id));
  }
}

function methodsOf(pluginId) {
  const add = (place, data) => {
    const id = `component${++ids}`;
    store.dispatch({ type: "RECEIVED_PLUGIN_COMPONENT", data: { id, place, pluginId, ...data } });
    return id;
  };
  const show = (pluggableId) => ({ type: "UPDATE_RHS_STATE", pluggableId });
  const registry = {
    registerRightHandSidebarComponent: (component, title) => {
      const id = add("RightHandSidebarComponent", { component, title });
      const isOpen = () => store.getState().views.rhs.pluggableId === id;
      if (page.shows) return { id, showRHSPlugin: show(id) };
      return {
        id,
        showRHSPlugin: show(id),
        hideRHSPlugin: (dispatch) => isOpen() && dispatch(show("")),
        toggleRHSPlugin: (dispatch) => dispatch(show(isOpen() ? "" : id)),
      };
    },
    registerChannelHeaderButtonAction: (icon, action, dropdownText, tooltipText) =>
      add("ChannelHeaderButton", { icon, action, tooltipText }),
    registerMainMenuAction: (text, action, mobileIcon) => add("MainMenu", { text, action, mobileIcon }),
    registerPostDropdownMenuAction: (text, action, filter) => add("PostDropdownMenu", { text, action, filter }),
    registerSlashCommandWillBePostedHook: (hook) => add("SlashCommandWillBePosted", { hook }),
    registerNeedsTeamRoute: (route, component) =>
      add("NeedsTeamComponent", { component, route: `${pluginId}/${route.replace(/^\//, "")}` }),
    registerWebSocketEventHandler: (kind, handler) => void (eventHandlers[kind] = handler),
    unregisterWebSocketEventHandler: (kind) => delete eventHandlers[kind],
    registerReconnectHandler: (handler) => void (reconnectHandler = handler),
    unregisterReconnectHandler: () => void (reconnectHandler = null),
    unregisterComponent: (id) => store.dispatch({ type: "REMOVED_PLUGIN_COMPONENT", id }),
  };
  for (const name of (page.without ?? "").split(" ")) delete registry[name];
  if (!page.named) return registry;
  return Object.fromEntries(Object.entries(registry).map(([name, method]) => [name, named(method)]));
}

/** As newer registries take arguments: in their order, or all in one object whose keys are none but their names. */
function named(method) {
  const names = /\(([^)]*)\)/.exec(method.toString())[1].split(",").map((name) => name.trim()).filter(Boolean);
  return (...given) => {
    const [one] = given;
    const isPlain = given.length === 1 && one !== null && Object.getPrototypeOf(Object(one)) === Object.prototype;
    if (!isPlain || !Object.keys(one).every((key) => names.includes(key))) return method(...given);
    return method(...names.map((name) => one[name]));
  };
}

/** What is left of plugins here: nothing, after they were disabled. */
window.left = () => ({
  components: store.getState().plugins.components.length,
  handlers: Object.keys(eventHandlers).length + (reconnectHandler ? 1 : 0),
});
window.disable = (id) => plugins[id].uninitialize();
window.enable = (id) => plugins[id].initialize(new PluginRegistry(id), store);
window.chooseTheme = (name) => {
  if (page.variables) setVariables(THEMES[name]);
  set("preferences", { myPreferences: { "theme--": { value: JSON.stringify(THEMES[name]) } } });
};

function setVariables(theme) {
  const style = document.documentElement.style;
  for (const [name, colour] of Object.entries(theme)) {
    const variable = name.replace("errorTextColor", "errorText").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    style.setProperty(`--${variable}`, colour);
  }
}

function themeNow() {
  const kept = store.getState().entities.preferences.myPreferences["theme--"];
  return kept ? JSON.parse(kept.value) : THEMES.light;
}

function Host() {
  const [, again] = React.useState(0);
  React.useEffect(() => {
    const draw = () => again((count) => count + 1);
    const ends = [store.subscribe(draw), browserHistory.listen(() => void arrive().then(draw))];
    draw(); // What came between the first drawing and listening is drawn too.
    return () => ends.forEach((end) => end());
  }, []);
  const path = browserHistory.location.pathname.split("/").slice(2).join("/");
  const route = components("NeedsTeamComponent").find((one) => `${path}/`.startsWith(one.route));
  return h("div", { className: "app__body" }, route ? h(Pluggable, { one: route }) : h(ChannelView), h(DialogForm));
}

const Pluggable = ({ one }) => h(one.component, { theme: themeNow() });

function ChannelView() {
  const { entities, views, posts } = store.getState();
  const channel = entities.channels.channels[entities.channels.currentChannelId];
  const open = components("RightHandSidebarComponent").find((one) => one.id === views.rhs.pluggableId);
  return h("div", { className: "channel-view" },
    h("main", null,
      h("h1", null, channel?.display_name),
      components("ChannelHeaderButton").map((one) =>
        h("button", { key: one.id, title: one.tooltipText, onClick: () => one.action(channel) }, one.icon)),
      components("MainMenu").map((one) => h("button", { key: one.id, onClick: one.action }, one.text)),
      h("ul", null, posts.map((post) => h("li", { key: post.id }, h("p", null, post.message),
        components("PostDropdownMenu").filter((one) => !one.filter || one.filter(post.id)).map((one) =>
          h("button", { key: one.id, onClick: () => one.action(post.id) }, one.text))))),
      h("input", { "aria-label": "Message", onKeyDown: ({ key, target }) => {
        if (key !== "Enter") return;
        void say(target.value);
        target.value = "";
      } })),
    open && h("aside", { id: "sidebar-right" }, h("div", { className: "sidebar-right__body" },
      h("div", { className: "sidebar--right__header" }, open.title,
        h("button", { title: "Close", onClick: () =>
          store.dispatch({ type: "UPDATE_RHS_STATE", pluggableId: "" }) }, "×")),
      h(Pluggable, { one: open }))));
}

/** An interactive dialog, once both it and the answer that names it have come. */
function DialogForm() {
  const { dialogTriggerId, dialog: request } = store.getState().entities.integrations;
  if (!request || request.trigger_id !== dialogTriggerId) return null;
  const { dialog, url } = request;
  const submit = async (event) => {
    event.preventDefault();
    const { teams, channels } = store.getState().entities;
    const submission = Object.fromEntries(new FormData(event.target));
    store.dispatch({ type: "RECEIVED_DIALOG", data: null });
    await ask("/actions/dialogs/submit", { url, callback_id: dialog.callback_id, state: dialog.state, submission,
      cancelled: false, team_id: teams.currentTeamId, channel_id: channels.currentChannelId });
  };
  return h("form", { "aria-label": dialog.title, onSubmit: submit },
    (dialog.elements ?? []).map(({ name, display_name, type, options }) => h("label", { key: name }, display_name,
      type === "select"
        ? h("select", { name }, options.map(({ text, value }) => h("option", { key: value, value }, text)))
        : h("input", { name }))),
    h("button", null, dialog.submit_label));
}

function listen() {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/api/v4/websocket`);
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    // Events of plugins are told by their own server parts alone; ours has none.
    if (!event.event || event.event.startsWith("custom_")) return;
    if (event.event === "open_dialog") {
      store.dispatch({ type: "RECEIVED_DIALOG", data: JSON.parse(event.data.dialog) });
    }
    if (event.event === "posted") void readPosts();
    eventHandlers[event.event]?.(event);
  };
}

async function loadPlugin(id) {
  const script = document.createElement("script");
  script.src = `/static/plugins/${id}/${id}_0_bundle.js`;
  script.onload = () => window.enable(id);
  document.head.append(script);
}

async function begin() {
  const me = await ask("/users/me");
  const teams = await ask("/users/me/teams");
  set("teams", { teams: Object.fromEntries(teams.map((team) => [team.id, team])) });
  set("users", { currentUserId: me.id, profiles: { [me.id]: me } });
  if (page.variables) setVariables(THEMES.light);
  await arrive();
  listen();
  const place = document.getElementById("root");
  if (ReactDOM.createRoot) ReactDOM.createRoot(place).render(h(Host));
  else ReactDOM.render(h(Host), place);
  await loadPlugin(page.plugin);
}

void begin();
