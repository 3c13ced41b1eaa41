import type { Playbook, Wire } from "@/api";
import { INCIDENT_MANAGEMENT, templateStages } from "../template";

export interface DraftTask {
  /** Names the task while it is edited; it stays when the task moves. */
  key: string;
  /** The server's id; "" for a new one. */
  id: string;
  title: string;
  description: string;
  command: string;
  state: string;
  /** Whose it is when an incident starts; "" for nobody. */
  assigneeId: string;
}

export interface DraftStage {
  key: string;
  id: string;
  title: string;
  tasks: readonly DraftTask[];
}

/** A playbook while it is edited. */
export interface Draft {
  title: string;
  description: string;
  isPublic: boolean;
  stages: readonly DraftStage[];
  memberIds: readonly string[];
  broadcastChannelId: string;
  /** 0 for none. */
  reminderS: number;
  messageTemplate: string;
}

let made = 0;

function newKey(): string {
  made += 1;
  return `new ${made}`;
}

export function newTask(title = "", command = ""): DraftTask {
  return { key: newKey(), id: "", title, description: "", command, state: "", assigneeId: "" };
}

export function newStage(title: string, tasks: readonly DraftTask[] = [newTask()]): DraftStage {
  return { key: newKey(), id: "", title, tasks };
}

export function blankDraft(myId: string): Draft {
  return {
    title: "",
    description: "",
    isPublic: false,
    stages: [newStage("Default Stage")],
    memberIds: [myId],
    broadcastChannelId: "",
    reminderS: 0,
    messageTemplate: "",
  };
}

/** What a new playbook begins as; blank where there is no template of that title. */
export function draftOfTemplate(title: string, myId: string): Draft {
  const stages = templateStages(title);
  if (stages === null) return blankDraft(myId);
  return {
    ...blankDraft(myId),
    title: INCIDENT_MANAGEMENT,
    stages: stages.map(([name, tasks]) =>
      newStage(
        name,
        tasks.map(([task, command]) => newTask(task, command)),
      ),
    ),
  };
}

export function draftOf(playbook: Playbook): Draft {
  return {
    title: playbook.title,
    description: playbook.description,
    isPublic: playbook.create_public_incident,
    stages: playbook.checklists.map((stage) => ({
      key: stage.id || newKey(),
      id: stage.id,
      title: stage.title,
      tasks: stage.items.map(({ id, title, description, command, state, assignee_id }) => ({
        key: id || newKey(),
        id,
        title,
        description,
        command,
        state,
        assigneeId: assignee_id,
      })),
    })),
    memberIds: playbook.member_ids,
    broadcastChannelId: playbook.broadcast_channel_id,
    reminderS: playbook.reminder_timer_default_seconds,
    messageTemplate: playbook.reminder_message_template,
  };
}

/** What is sent to the server; what was left blank gets its stand-in title. */
export function bodyOfDraft(draft: Draft, teamId: string): Wire["PlaybookBody"] {
  return {
    title: draft.title.trim() || "Untitled Playbook",
    description: draft.description,
    team_id: teamId,
    create_public_incident: draft.isPublic,
    checklists: draft.stages.map(({ id, title, tasks }) => ({
      id,
      title: title.trim() || "Untitled Stage",
      items: tasks.map((task) => ({
        id: task.id,
        title: task.title.trim() || "Untitled Step",
        description: task.description,
        command: isNoCommand(task.command) ? "" : task.command.trim(),
        state: task.state,
        assignee_id: task.assigneeId,
      })),
    })),
    member_ids: [...draft.memberIds],
    broadcast_channel_id: draft.broadcastChannelId,
    reminder_message_template: draft.messageTemplate,
    reminder_timer_default_seconds: draft.reminderS,
  };
}

/** Whether a command field holds nothing to run. */
export function isNoCommand(command: string): boolean {
  return command.trim() === "" || command.trim() === "/";
}

/** Whether two drafts would be saved as the same playbook. */
export function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(bodyOfDraft(a, "")) === JSON.stringify(bodyOfDraft(b, ""));
}
