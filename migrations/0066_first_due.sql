-- What is overdue longest comes first, however often it was said since.
alter table command_reminders add column first_due_at timestamptz;
