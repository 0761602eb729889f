-- Open alerts of an incident are found by what 0023 made as well.
drop index alerts_open_of_incident;
