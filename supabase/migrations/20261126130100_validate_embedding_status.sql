-- In a transaction of its own: rows can be read and written while theirs are looked through.
alter table public.reasoning_traces validate constraint reasoning_traces_embedding_status_check;
alter table public.memory_items validate constraint memory_items_embedding_status_check;
