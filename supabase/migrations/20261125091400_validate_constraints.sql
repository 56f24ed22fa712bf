-- In a transaction of its own: rows can be read and written while theirs are looked through.
alter table public.reasoning_traces validate constraint reasoning_traces_embedding_names_its_model;
alter table public.memory_items validate constraint memory_items_embedding_names_its_model;
alter table public.reasoning_traces validate constraint reasoning_traces_content_digest_is_sha256;
