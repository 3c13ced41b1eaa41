/** A stage and its tasks, each with the slash command it has. */
export type TemplateStage = readonly [
  title: string,
  tasks: readonly (readonly [title: string, command?: string])[],
];

export const BLANK = "Blank Playbook";
export const INCIDENT_MANAGEMENT = "Incident Management Playbook";

/** The built-in template, word for word as people know it. It is content, and is not translated. */
const STAGES: readonly TemplateStage[] = [
  [
    "Triage",
    [
      ["Announce incident type and resources", '/echo ""'],
      ["Acknowledge alert"],
      ["Get alert info"],
      ["Invite escalators"],
      ["Determine priority"],
      ["Update alert priority"],
      ["Create a JIRA ticket", "/jira create"],
      ["Find out who’s on call", "/genie whoisoncall"],
      ["Announce incident"],
      ["Invite on-call lead"],
    ],
  ],
  [
    "Investigation",
    [
      ["Perform initial investigation"],
      ["Escalate to other on-call members (optional)"],
      ["Escalate to other engineering teams (optional)"],
    ],
  ],
  [
    "Resolution",
    [
      ["Close alert"],
      ["End the incident", "/incident end"],
      ["Schedule a post-mortem"],
      ["Record post-mortem action items"],
      ["Update playbook with learnings"],
      ["Export channel message history", "/export"],
      ["Archive this channel"],
    ],
  ],
];

/** The stages of the template of that title; null if there is none. */
export function templateStages(title: string): readonly TemplateStage[] | null {
  return title === INCIDENT_MANAGEMENT ? STAGES : null;
}
