// The official client of the web app, unmodified, against a served workspace.
// Addresses and people come from the environment: URL, LOGIN, PASSWORD, TEAM.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import clients from '@mattermost/client';

const {Client4, WebSocketClient} = clients;
const {URL: url, LOGIN, PASSWORD, TEAM} = process.env;
const V0 = '/plugins/com.mattermost.plugin-incident-management/api/v0';

const client = new Client4();
client.setUrl(url);
let me;
let team;
const sockets = [];

before(async () => {
    me = await client.login(LOGIN, PASSWORD);
    team = await client.getTeamByName(TEAM);
});

after(() => sockets.forEach((socket) => socket.close()));

function listening(options = {}) {
    const socket = new WebSocketClient({minWebSocketRetryTime: 50, reconnectJitterRange: 10, ...options});
    sockets.push(socket);
    const events = [];
    const waiting = [];
    socket.addMessageListener((message) => {
        events.push(message);
        waiting.splice(0).forEach((look) => look());
    });
    const next = (matches) => new Promise((resolve) => {
        const look = () => {
            const at = events.findIndex(matches);
            if (at < 0) {
                waiting.push(look);
            } else {
                resolve(events.splice(at, 1)[0]);
            }
        };
        look();
    });
    // A connection that is open is not yet known over there: only who was greeted hears of everything.
    const greeted = next((e) => e.event === 'hello');
    socket.initialize(client.getWebSocketUrl(), client.getToken());
    return {socket, next, greeted, events};
}

test('it starts as the web app does', async () => {
    const [config, license, user, preferences, teams, members, unreads] = await Promise.all([
        client.getClientConfig(),
        client.getClientLicenseOld(),
        client.getMe(),
        client.getMyPreferences(),
        client.getMyTeams(),
        client.getMyTeamMembers(),
        client.getMyTeamUnreads(),
    ]);
    const roles = await client.getRolesByNames(['system_user', 'team_user', 'channel_user']);
    const channels = await client.getMyChannels(team.id);
    const channelMembers = await client.getMyChannelMembers(team.id);
    const categories = await client.getChannelCategories('me', team.id);

    assert.equal(config.BuildEnterpriseReady, 'false');
    assert.equal(license.IsLicensed, 'false');
    assert.equal(user.id, me.id);
    assert.ok(Array.isArray(preferences));
    assert.deepEqual(teams.map((t) => t.id), [team.id]);
    assert.equal(members[0].team_id, team.id);
    assert.ok(Array.isArray(unreads));
    assert.deepEqual(roles.map((role) => role.name).sort(), ['channel_user', 'system_user', 'team_user']);
    assert.ok(channels.some((channel) => channel.name === 'town-square'));
    assert.equal(channelMembers.length, channels.length);
    assert.deepEqual(categories.categories.map((c) => c.type).sort(), ['channels', 'direct_messages', 'favorites']);
});

test('its errors carry the id of the contract', async () => {
    await assert.rejects(client.getChannelByName(team.id, 'nowhere'), (error) => {
        assert.equal(error.server_error_id, 'app.channel.get_by_name.missing.app_error');
        assert.equal(error.status_code, 404);
        return true;
    });
});

test('a post made here is heard there', async () => {
    const {next, greeted} = listening();
    await greeted;
    const channel = await client.getChannelByName(team.id, 'town-square');
    const post = await client.createPost({channel_id: channel.id, message: 'from the official client', pending_post_id: `${me.id}:1`});

    const event = await next((e) => e.event === 'posted' && JSON.parse(e.data.post).id === post.id);

    assert.equal(JSON.parse(event.data.post).pending_post_id, `${me.id}:1`);
    const page = await client.getPosts(channel.id, 0, 30);
    assert.ok(page.order.includes(post.id));
});

test('threads, reactions and saved posts', async () => {
    const channel = await client.getChannelByName(team.id, 'off-topic');
    const root = await client.createPost({channel_id: channel.id, message: 'root'});
    const reply = await client.createPost({channel_id: channel.id, message: 'reply', root_id: root.id});
    await client.addReaction(me.id, root.id, 'tada');
    await client.savePreferences(me.id, [{user_id: me.id, category: 'flagged_post', name: root.id, value: 'true'}]);

    const thread = await client.getPostThread(root.id);
    const flagged = await client.getFlaggedPosts(me.id);

    assert.deepEqual(Object.keys(thread.posts).sort(), [reply.id, root.id].sort());
    assert.deepEqual(flagged.order, [root.id]);
    assert.equal((await client.getReactionsForPost(root.id)).length, 1);
});

test('a cut connection heals and misses nothing', async () => {
    const {socket, next, greeted} = listening();
    await greeted;
    const channel = await client.getChannelByName(team.id, 'town-square');
    const again = new Promise((resolve) => socket.addReconnectListener(resolve));
    socket.conn.close();
    const missed = await client.createPost({channel_id: channel.id, message: 'while you were away'});
    await again;
    const after = await client.createPost({channel_id: channel.id, message: 'after you came back'});

    await next((e) => e.event === 'posted' && JSON.parse(e.data.post).id === after.id);
    const since = await client.getPostsSince(channel.id, missed.create_at - 1);

    assert.ok(since.order.includes(missed.id));
});

test('an incident is started, and its events arrive', async () => {
    const {next, greeted} = listening();
    await greeted;
    const ask = (path, method, body) => client.doFetch(`${url}${V0}${path}`, {method, body: body && JSON.stringify(body)});
    const {id: playbook} = await ask('/playbooks', 'post', {
        title: 'Outage',
        team_id: team.id,
        create_public_incident: true,
        checklists: [{title: 'Triage', items: [{title: 'Say hello', command: '/echo hello'}]}],
        member_ids: [me.id],
    });
    const incident = await ask('/incidents', 'post', {
        name: 'Database down',
        team_id: team.id,
        commander_user_id: me.id,
        playbook_id: playbook,
    });

    const created = await next((e) => e.event === 'custom_com.mattermost.plugin-incident-management_incident_created');
    await ask(`/incidents/${incident.id}/checklists/0/item/0/state`, 'put', {new_state: 'closed'});
    const updated = await next((e) => e.event === 'custom_com.mattermost.plugin-incident-management_incident_updated' &&
        JSON.parse(e.data.payload).checklists[0].items[0].state === 'closed');

    assert.equal(JSON.parse(created.data.payload).incident.id, incident.id);
    assert.equal(JSON.parse(updated.data.payload).id, incident.id);
    const channel = await client.getChannel(incident.channel_id);
    assert.equal(channel.name, 'database-down');
});
