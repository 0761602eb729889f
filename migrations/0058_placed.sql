-- How an alert came to its first incident, opened or joined, at the moment it opened: it was a row of alerts_links for each. Those
-- written so far stay there, and so does what a version before this one writes beside it; a later move is a row as ever.
alter table alerts_alerts add column placed text;
