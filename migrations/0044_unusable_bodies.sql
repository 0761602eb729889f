-- Unusable bodies are listed newest first, of one integration or of all, refused ones or those that were not understood.
drop index alerts_unparsed_integration_id_idx;
create index alerts_unparsed_integration on alerts_unparsed (integration, refused, id);
create index alerts_unparsed_kind on alerts_unparsed (refused, id);
