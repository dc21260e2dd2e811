CREATE TABLE `onboardings` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`draft` text NOT NULL,
	`integration_id` text,
	`service_account_id` text,
	`connect_link_id` text,
	`started_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer,
	`row_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `onboardings_by_time` ON `onboardings` (`tenant_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`role` text NOT NULL,
	`label` text NOT NULL,
	`secret_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_invitation_per_secret` ON `invitations` (`secret_hash`);--> statement-breakpoint
CREATE TABLE `members` (
	`tenant_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `members_by_person` ON `members` (`person_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_person_per_subject` ON `people` (`issuer`,`subject`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_age` ON `sessions` (`created_at`);--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`state_hash` text PRIMARY KEY NOT NULL,
	`browser_hash` text NOT NULL,
	`return_to` text NOT NULL,
	`invitation_hash` text,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_ins_by_age` ON `sign_ins` (`expires_at`);--> statement-breakpoint
CREATE TABLE `prices` (
	`tenant_id` text NOT NULL,
	`provider` text NOT NULL,
	`user_kind` text NOT NULL,
	`valid_from` text NOT NULL,
	`monthly_cents` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `provider`, `user_kind`, `valid_from`)
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`tenant_id` text NOT NULL,
	`webhook_id` text NOT NULL,
	`id` text NOT NULL,
	`event` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer,
	`delivered_at` integer,
	`last_status` integer,
	PRIMARY KEY(`tenant_id`, `webhook_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`due_at`) WHERE "webhook_deliveries"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`sealed_secret` blob NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` integer;--> statement-breakpoint
CREATE INDEX `connections_health` ON `connections` (`tenant_id`,`integration_id`,`end`,`state`,`trouble`,`warnings`,`last_probe_at`);--> statement-breakpoint
CREATE INDEX `transactions_waiting` ON `transactions` (`tenant_id`,`integration_id`,`state`,`booking_kind`,`sequence`) WHERE "transactions"."state" in ('held', 'uncertain');--> statement-breakpoint
CREATE INDEX `transactions_failed` ON `transactions` (`tenant_id`,`integration_id`,`updated_at`) WHERE "transactions"."state" = 'failed';--> statement-breakpoint
CREATE INDEX `transactions_by_kind` ON `transactions` (`tenant_id`,`booking_kind`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_by_reference` ON `transactions` (`tenant_id`,`integration_id`,"reference" collate nocase);