DROP INDEX ix_activities_meetup_id;

CREATE INDEX ix_activities_meetup_id_prospect_id ON activities (meetup_id, prospect_id);

DROP INDEX ix_prospect_tags_tag_id;

CREATE INDEX ix_prospect_tags_tag_id_prospect_id ON prospect_tags (tag_id, prospect_id);
