-- The first schema, frozen. Later changes get migrations of their own.

CREATE TABLE change_sets (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at_us INTEGER NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    CONSTRAINT ck_change_sets_state CHECK (state in ('done', 'undone', 'dropped'))
);

CREATE TABLE channels (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    hidden BOOLEAN DEFAULT '0' NOT NULL
);

CREATE TABLE lost_reasons (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    is_never_fit BOOLEAN DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    hidden BOOLEAN DEFAULT '0' NOT NULL,
    CONSTRAINT uq_lost_reasons_code UNIQUE (code)
);

CREATE TABLE playbook_entries (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    stage INTEGER NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT ck_playbook_entries_kind CHECK (kind in ('channel', 'content', 'criterion'))
);

CREATE TABLE releases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at_us INTEGER NOT NULL,
    target TEXT DEFAULT '' NOT NULL,
    changed INTEGER NOT NULL,
    manifest TEXT DEFAULT '' NOT NULL
);

CREATE TABLE search_terms (
    term TEXT NOT NULL,
    prospect_id INTEGER NOT NULL,
    CONSTRAINT pk_search_terms PRIMARY KEY (term, prospect_id)
) WITHOUT ROWID;

CREATE INDEX ix_search_terms_prospect_id ON search_terms (prospect_id);

CREATE TABLE site_content (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    section TEXT NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    updated_us INTEGER NOT NULL,
    CONSTRAINT uq_site_content_section UNIQUE (section)
);

CREATE TABLE tags (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    CONSTRAINT uq_tags_name UNIQUE (name)
);

CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    change_set_id INTEGER NOT NULL,
    table_name TEXT DEFAULT '' NOT NULL,
    row_id INTEGER NOT NULL,
    operation TEXT DEFAULT '' NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT ck_changes_operation CHECK (operation in ('insert', 'update', 'delete', 'void', 'restore')),
    CONSTRAINT fk_changes_change_set_id_change_sets FOREIGN KEY(change_set_id) REFERENCES change_sets (id)
);

CREATE INDEX ix_changes_change_set_id ON changes (change_set_id);

CREATE INDEX ix_changes_table_name_row_id ON changes (table_name, row_id);

CREATE TABLE experiments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    stage INTEGER NOT NULL,
    started_on TEXT NOT NULL,
    decide_on TEXT,
    expected_rate INTEGER,
    channel_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT fk_experiments_channel_id_channels FOREIGN KEY(channel_id) REFERENCES channels (id)
);

CREATE INDEX ix_experiments_channel_id ON experiments (channel_id);

CREATE TABLE meetups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    held_on TEXT,
    starts TEXT DEFAULT '' NOT NULL,
    ends TEXT DEFAULT '' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    fee_yen INTEGER,
    minutes INTEGER,
    channel_id INTEGER,
    CONSTRAINT fk_meetups_channel_id_channels FOREIGN KEY(channel_id) REFERENCES channels (id)
);

CREATE INDEX ix_meetups_channel_id ON meetups (channel_id);

CREATE TABLE sources (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    code TEXT,
    channel_id INTEGER,
    meetup_id INTEGER,
    CONSTRAINT fk_sources_channel_id_channels FOREIGN KEY(channel_id) REFERENCES channels (id),
    CONSTRAINT fk_sources_meetup_id_meetups FOREIGN KEY(meetup_id) REFERENCES meetups (id)
);

CREATE INDEX ix_sources_channel_id ON sources (channel_id);

CREATE INDEX ix_sources_meetup_id ON sources (meetup_id);

CREATE TABLE prospects (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    kana TEXT DEFAULT '' NOT NULL,
    is_person BOOLEAN DEFAULT '0' NOT NULL,
    website TEXT DEFAULT '' NOT NULL,
    memo TEXT DEFAULT '' NOT NULL,
    channel_id INTEGER,
    source_id INTEGER,
    referrer_id INTEGER,
    merged_into_id INTEGER,
    created_us INTEGER NOT NULL,
    deleted_us INTEGER,
    erased_us INTEGER,
    CONSTRAINT fk_prospects_channel_id_channels FOREIGN KEY(channel_id) REFERENCES channels (id),
    CONSTRAINT fk_prospects_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (id),
    CONSTRAINT fk_prospects_referrer_id_prospects FOREIGN KEY(referrer_id) REFERENCES prospects (id),
    CONSTRAINT fk_prospects_merged_into_id_prospects FOREIGN KEY(merged_into_id) REFERENCES prospects (id)
);

CREATE INDEX ix_prospects_channel_id ON prospects (channel_id);

CREATE INDEX ix_prospects_merged_into_id ON prospects (merged_into_id);

CREATE INDEX ix_prospects_referrer_id ON prospects (referrer_id);

CREATE INDEX ix_prospects_source_id ON prospects (source_id);

CREATE TABLE answers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    question INTEGER NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    is_fact BOOLEAN DEFAULT '0' NOT NULL,
    answered_on TEXT,
    CONSTRAINT uq_answers_prospect_id_question UNIQUE (prospect_id, question),
    CONSTRAINT fk_answers_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id)
);

CREATE INDEX ix_answers_prospect_id ON answers (prospect_id);

CREATE TABLE contacts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    family TEXT DEFAULT '' NOT NULL,
    given TEXT DEFAULT '' NOT NULL,
    kana TEXT DEFAULT '' NOT NULL,
    department TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    created_us INTEGER NOT NULL,
    CONSTRAINT fk_contacts_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id)
);

CREATE INDEX ix_contacts_prospect_id ON contacts (prospect_id);

CREATE TABLE criteria_met (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    playbook_entry_id INTEGER NOT NULL,
    met_on TEXT,
    CONSTRAINT uq_criteria_met_prospect_id_playbook_entry_id UNIQUE (prospect_id, playbook_entry_id),
    CONSTRAINT fk_criteria_met_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id),
    CONSTRAINT fk_criteria_met_playbook_entry_id_playbook_entries FOREIGN KEY(playbook_entry_id) REFERENCES playbook_entries (id)
);

CREATE INDEX ix_criteria_met_playbook_entry_id ON criteria_met (playbook_entry_id);

CREATE INDEX ix_criteria_met_prospect_id ON criteria_met (prospect_id);

CREATE TABLE deals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    expected_yen INTEGER,
    agreed_yen INTEGER,
    expected_on TEXT,
    due_on TEXT,
    delivered_on TEXT,
    accepted_on TEXT,
    invoiced_on TEXT,
    payment_due_on TEXT,
    paid_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    created_us INTEGER NOT NULL,
    CONSTRAINT ck_deals_state CHECK (state in ('expected', 'quoted', 'ordered', 'delivered', 'accepted', 'invoiced', 'paid', 'failed')),
    CONSTRAINT fk_deals_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id)
);

CREATE INDEX ix_deals_prospect_id ON deals (prospect_id);

CREATE TABLE inquiries (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    message_key TEXT,
    received_us INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    company TEXT DEFAULT '' NOT NULL,
    mail TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    source_code TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT '' NOT NULL,
    prospect_id INTEGER,
    CONSTRAINT uq_inquiries_message_key UNIQUE (message_key),
    CONSTRAINT fk_inquiries_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id)
);

CREATE INDEX ix_inquiries_prospect_id ON inquiries (prospect_id);

CREATE TABLE prospect_states (
    prospect_id INTEGER NOT NULL,
    standing TEXT NOT NULL,
    stage INTEGER,
    frontier INTEGER,
    entry_stage INTEGER,
    entered_us INTEGER,
    since_us INTEGER,
    standing_us INTEGER,
    reason TEXT,
    next_id INTEGER,
    next_on TEXT,
    expected_yen INTEGER,
    answered INTEGER NOT NULL,
    last_activity_us INTEGER,
    sort_key TEXT NOT NULL,
    met_us INTEGER,
    CONSTRAINT pk_prospect_states PRIMARY KEY (prospect_id),
    CONSTRAINT ck_prospect_states_standing CHECK (standing in ('active', 'nurture', 'lost', 'book')),
    CONSTRAINT fk_prospect_states_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id)
);

CREATE INDEX ix_prospect_states_expected_yen_sort_key ON prospect_states (expected_yen, sort_key);

CREATE INDEX ix_prospect_states_last_activity_us_sort_key ON prospect_states (last_activity_us, sort_key);

CREATE INDEX ix_prospect_states_since_us_sort_key ON prospect_states (since_us, sort_key);

CREATE INDEX ix_prospect_states_next_on_sort_key ON prospect_states (next_on, sort_key);

CREATE INDEX ix_prospect_states_sort_key ON prospect_states (sort_key);

CREATE INDEX ix_prospect_states_standing_next_on ON prospect_states (standing, next_on, sort_key);

CREATE INDEX ix_prospect_states_standing_sort_key ON prospect_states (standing, sort_key);

CREATE INDEX ix_prospect_states_standing_stage ON prospect_states (standing, stage, next_on, sort_key);

CREATE TABLE prospect_tags (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    CONSTRAINT uq_prospect_tags_prospect_id_tag_id UNIQUE (prospect_id, tag_id),
    CONSTRAINT fk_prospect_tags_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id),
    CONSTRAINT fk_prospect_tags_tag_id_tags FOREIGN KEY(tag_id) REFERENCES tags (id)
);

CREATE INDEX ix_prospect_tags_prospect_id ON prospect_tags (prospect_id);

CREATE INDEX ix_prospect_tags_tag_id ON prospect_tags (tag_id);

CREATE TABLE stage_transitions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    from_stage INTEGER,
    to_stage INTEGER,
    at_us INTEGER NOT NULL,
    recorded_us INTEGER NOT NULL,
    reason TEXT,
    voids_id INTEGER,
    CONSTRAINT ck_stage_transitions_kind CHECK (kind in ('enter', 'advance', 'skip', 'move_back', 'lose', 'recycle', 'reactivate', 'void', 'restore')),
    CONSTRAINT ck_stage_transitions_to_stage CHECK (to_stage is null or to_stage between 1 and 9),
    CONSTRAINT ck_stage_transitions_voids CHECK ((kind in ('void', 'restore')) = (voids_id is not null)),
    CONSTRAINT fk_stage_transitions_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id),
    CONSTRAINT fk_stage_transitions_voids_id_stage_transitions FOREIGN KEY(voids_id) REFERENCES stage_transitions (id)
);

CREATE INDEX ix_stage_transitions_prospect_id_at_us ON stage_transitions (prospect_id, at_us);

CREATE INDEX ix_stage_transitions_voids ON stage_transitions (voids_id, kind) WHERE voids_id IS NOT NULL;

CREATE TABLE activities (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    contact_id INTEGER,
    kind TEXT DEFAULT '' NOT NULL,
    at_us INTEGER NOT NULL,
    day_only BOOLEAN DEFAULT '0' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    meetup_id INTEGER,
    CONSTRAINT ck_activities_kind CHECK (kind in ('meetup', 'card', 'mail', 'call', 'meeting', 'document', 'note', 'sign', 'voice', 'done')),
    CONSTRAINT fk_activities_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id),
    CONSTRAINT fk_activities_contact_id_contacts FOREIGN KEY(contact_id) REFERENCES contacts (id),
    CONSTRAINT fk_activities_meetup_id_meetups FOREIGN KEY(meetup_id) REFERENCES meetups (id)
);

CREATE INDEX ix_activities_contact_id ON activities (contact_id);

CREATE INDEX ix_activities_meetup_id ON activities (meetup_id);

CREATE INDEX ix_activities_prospect_id ON activities (prospect_id);

CREATE TABLE contact_points (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    "key" TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT ck_contact_points_kind CHECK (kind in ('mail', 'phone', 'url')),
    CONSTRAINT fk_contact_points_contact_id_contacts FOREIGN KEY(contact_id) REFERENCES contacts (id)
);

CREATE INDEX ix_contact_points_contact_id ON contact_points (contact_id);

CREATE INDEX ix_contact_points_key_kind ON contact_points ("key", kind);

CREATE TABLE follow_ups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    prospect_id INTEGER NOT NULL,
    contact_id INTEGER,
    kind TEXT DEFAULT '' NOT NULL,
    due_on TEXT NOT NULL,
    due_time TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    is_recontact BOOLEAN DEFAULT '0' NOT NULL,
    created_us INTEGER NOT NULL,
    done_us INTEGER,
    CONSTRAINT fk_follow_ups_prospect_id_prospects FOREIGN KEY(prospect_id) REFERENCES prospects (id),
    CONSTRAINT fk_follow_ups_contact_id_contacts FOREIGN KEY(contact_id) REFERENCES contacts (id)
);

CREATE INDEX ix_follow_ups_contact_id ON follow_ups (contact_id);

CREATE INDEX ix_follow_ups_due_on ON follow_ups (due_on);

CREATE INDEX ix_follow_ups_prospect_id ON follow_ups (prospect_id);

CREATE VIRTUAL TABLE search_texts USING fts5(text, tokenize='trigram');

CREATE TRIGGER stage_transitions_no_update BEFORE UPDATE ON stage_transitions
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER stage_transitions_no_delete BEFORE DELETE ON stage_transitions
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER stage_transitions_no_replace BEFORE INSERT ON stage_transitions
WHEN EXISTS (SELECT 1 FROM stage_transitions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE VIEW effective_transitions AS
SELECT t.id, t.prospect_id, t.kind, t.from_stage, t.to_stage, t.at_us, t.recorded_us, t.reason
FROM stage_transitions t
WHERE t.voids_id IS NULL AND coalesce(
    (SELECT sum(CASE v.kind WHEN 'void' THEN 1 ELSE -1 END) FROM stage_transitions v WHERE v.voids_id = t.id), 0) = 0;

INSERT INTO channels (name, position) VALUES
    ('勉強会', 1), ('自社サイト', 2), ('紹介', 3), ('SNS', 4), ('エージェント', 5), ('交流会・展示会', 6), ('以前からの知り合い', 7), ('その他', 8);

INSERT INTO lost_reasons (code, name, is_never_fit, position) VALUES
    ('budget', '予算が合わない', 0, 1), ('timing', '時期が早い', 0, 2), ('price', '単価が合わない', 0, 3),
    ('requirements', '要件が合わない', 0, 4), ('competitor', '他社に決まった', 0, 5), ('inhouse', '社内で対応', 0, 6),
    ('no_reply', '連絡がとれない', 0, 7), ('never_fit', '対象外', 1, 8), ('other', 'その他', 0, 9);

INSERT INTO playbook_entries (stage, kind, text, position) VALUES
    (1, 'criterion', '名前と連絡先がわかる', 1), (1, 'criterion', '困りごとをひとつ聞いた', 2),
    (2, 'criterion', '会う日が決まった、または問い合わせが来た', 1), (2, 'criterion', '何の会社か調べた', 2),
    (3, 'criterion', 'はじめての商談をした', 1), (3, 'criterion', 'いまの困りごとを言葉にできた', 2),
    (4, 'criterion', '見積か提案をたのまれた', 1), (4, 'criterion', '決める人と時期を聞いた', 2), (4, 'criterion', 'いまの困りごとを言葉にできた', 3),
    (5, 'criterion', '注文書か契約書をもらった', 1), (5, 'criterion', '納期と検収の条件を決めた', 2),
    (6, 'criterion', '検収が終わった', 1), (6, 'criterion', '使いはじめたか確かめた', 2),
    (7, 'criterion', '2回目の注文をもらった', 1), (8, 'criterion', '契約を更新した、またはくり返し頼まれている', 1),
    (9, 'criterion', 'だれかを紹介してくれた', 1), (9, 'criterion', 'お礼を伝えた', 2);
