-- What a run pages for: incident | role:… | responder:… | update:…. An incident may have one of each; numbers go through all of them.
alter table escalation_runs add column purpose text not null default 'incident';
