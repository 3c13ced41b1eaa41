import type en from "./text.en";

const de: Record<keyof typeof en, string> = {
  accept: "Annehmen",
  accepted: "Angenommen: Es gilt für Vorfälle, die ab jetzt beginnen.",
  added: "hinzugefügt",
  cannotTell:
    "Noch nicht zu sagen: {before, plural, one {# Vorfall} other {# Vorfälle}} davor, {after, plural, one {# Vorfall} other {# Vorfälle}} seitdem. Es braucht fünf auf jeder Seite.",
  change_add: "„{task}“ in {stage} aufnehmen",
  change_assign: "„{task}“ von Anfang an {who} geben",
  change_command: "„{task}“ den Befehl {command} geben",
  change_drop: "„{task}“ streichen",
  change_remind: "Nach {time} erinnern",
  change_remind_never: "Keine Erinnerung einstellen",
  change_reorder: "„{task}“ vor „{before}“ ziehen",
  change_reorder_end: "„{task}“ ans Ende von {stage} ziehen",
  change_split: "„{task}“ teilen: „{part}“ folgt darauf",
  command: "Befehl {command}",
  decisions: "Entscheidungen",
  decline: "Ablehnen",
  declineWhat: "Ablehnen: {change}",
  declined: "Abgelehnt. Es kommt wieder, wenn spätere Vorfälle es trotzdem so halten.",
  difference: "Unterschied",
  event: "Ereignis {number}",
  evidence: "{count, plural, one {Der Vorfall} other {Die # Vorfälle}}, worauf es beruht",
  firstSave:
    "Du hast ungespeicherte Änderungen. Speichere oder verwirf sie, bevor du über Vorschläge entscheidest.",
  giveTo: "für {who}",
  howLong: "Wie lange Vorfälle dauerten",
  incidents: "Vorfälle",
  loading: "Vergangene Vorfälle werden angesehen…",
  longer:
    "Vorfälle dauern seitdem {value, number} min länger (95 %: {low, number} bis {high, number} min; {before, number} davor, {after, number} seitdem).",
  meanDuration: "Mittlere Dauer",
  noneYet: "Nichts vorzuschlagen",
  noneYetWhy:
    "{runs, plural, =0 {Es gibt keinen beendeten Vorfall dieses Playbooks, den du sehen darfst.} one {Ein Vorfall wurde angesehen.} other {# Vorfälle wurden angesehen.}} Was die meisten Vorfälle anders halten, als das Playbook sagt, steht hier, ab fünf Vorfällen.",
  otherVersions:
    "{count, plural, one {# andere Fassung} other {# andere Fassungen}} des Playbooks liegen in diesem Vergleich.",
  playbookChanged: "Jemand hat das Playbook inzwischen geändert. Sieh dir die Vorschläge noch einmal an.",
  proposals: "Vorschläge",
  reason: "Grund",
  reasonHelp: "Wer das Playbook als Nächstes bearbeitet, liest ihn.",
  reminder: "Erinnerung",
  removed: "entfernt",
  saves: "Spart {value, number} min je Vorfall (90 %: {low, number} bis {high, number} min).",
  savesNothing: "Es ist keine Zeit verzeichnet, die es sparen würde.",
  seen: "In {seen, number} von {runs, number} Vorfällen so gemacht.",
  shorter:
    "Es hat geholfen: Vorfälle dauern seitdem {value, number} min kürzer (95 %: {low, number} bis {high, number} min; {before, number} davor, {after, number} seitdem).",
  shorterWithOthers:
    "Vorfälle dauern seitdem {value, number} min kürzer (95 %: {low, number} bis {high, number} min; {before, number} davor, {after, number} seitdem).",
  somebody: "jemand",
  tooFew: "zu wenige, um es zu sagen",
  unclear:
    "Kein klarer Unterschied: {value, number} min kürzer (95 %: {low, number} bis {high, number} min; {before, number} davor, {after, number} seitdem).",
  undo: "Rückgängig",
  undone: "Rückgängig gemacht.",
  version: "Fassung {version, number}",
  versionHead: "Fassung",
  wasAccepted: "Angenommen von {who}, Fassung {version, number}",
  wasDeclined: "Abgelehnt von {who}: {reason}",
  wasUndone: "Rückgängig gemacht von {who}",
};

export default de;
