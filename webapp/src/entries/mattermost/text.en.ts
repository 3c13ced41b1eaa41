export default {
  incidents: "Incidents",
  playbooks: "Playbooks & Incidents",
  startIncident: "Start incident",
  broken: "This does not work",
  connectionLost: "No live connection: changes by others are seen after a few seconds.",
  reload: "Load again",
};
