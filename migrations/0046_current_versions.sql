-- What changed since a generation is looked for among current versions only, however many came before them.
drop index documents_versions_generation;
create index documents_versions_generation on documents_versions ((case when current then generation end));
