export default {
  incidents: "Incidents",
  playbooks: "Playbooks & Incidents",
  startIncident: "Start incident",
  broken: "This does not work",
  connectionLost: "No connection to Command Post: what you see may be out of date.",
  reload: "Load again",
};
