CREATE TABLE `connect_links` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`integration_id` text NOT NULL,
	`service_account_id` text,
	`locale` text NOT NULL,
	`secret_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`state_hash` text,
	`browser_hash` text,
	`state_expires_at` integer,
	`state_used_at` integer,
	`working_since` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_link_per_secret` ON `connect_links` (`secret_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_link_per_state` ON `connect_links` (`state_hash`);--> statement-breakpoint
CREATE INDEX `connect_links_working` ON `connect_links` (`working_since`);--> statement-breakpoint
CREATE TABLE `connections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`integration_id` text NOT NULL,
	`end` text NOT NULL,
	`state` text NOT NULL,
	`trouble` text,
	`warnings` text NOT NULL,
	`provider_user_id` text,
	`username` text,
	`email` text,
	`user_kind` text,
	`sealed_current` blob,
	`sealed_previous` blob,
	`proven` integer NOT NULL,
	`reach` text,
	`consented_scopes` text,
	`connected_at` integer,
	`access_expires_at` integer,
	`last_refresh_at` integer,
	`last_probe_at` integer,
	`last_delivery_at` integer,
	`due_at` integer,
	`row_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_connection_per_end` ON `connections` (`tenant_id`,`integration_id`,`end`);--> statement-breakpoint
CREATE INDEX `connections_due` ON `connections` (`due_at`);--> statement-breakpoint
CREATE TABLE `audit` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit` (`tenant_id`,`at`);--> statement-breakpoint
CREATE TABLE `signals` (
	`tenant_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`words` text,
	PRIMARY KEY(`tenant_id`, `integration_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `signals_by_time` ON `signals` (`tenant_id`,`integration_id`,`at`);--> statement-breakpoint
CREATE TABLE `timeline` (
	`tenant_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`hour` integer NOT NULL,
	`delivered` integer NOT NULL,
	`failed` integer NOT NULL,
	`held` integer NOT NULL,
	`troubles` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `integration_id`, `hour`)
);
--> statement-breakpoint
CREATE TABLE `administrations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`provider` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_administration_per_number` ON `administrations` (`tenant_id`,`provider`,`external_id`);--> statement-breakpoint
CREATE INDEX `administrations_by_tenant` ON `administrations` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `provider_apps` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`base_url` text NOT NULL,
	`client_id` text NOT NULL,
	`sealed_secret` blob NOT NULL,
	`registration` text NOT NULL,
	`scopes` text NOT NULL,
	`calls_per_minute` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_app_per_client` ON `provider_apps` (`provider`,`client_id`);--> statement-breakpoint
CREATE TABLE `rights` (
	`tenant_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`administration` text NOT NULL,
	`resource` text NOT NULL,
	`action` text NOT NULL,
	`observation` text NOT NULL,
	`observed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `integration_id`, `administration`, `resource`, `action`)
);
--> statement-breakpoint
CREATE TABLE `integrations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`label` text NOT NULL,
	`source_kind` text NOT NULL,
	`source_provider` text NOT NULL,
	`source_ref` text NOT NULL,
	`provider_app_id` text NOT NULL,
	`administration_id` text NOT NULL,
	`booking_kinds` text NOT NULL,
	`strict` integer NOT NULL,
	`bookkeeping` text,
	`created_at` integer NOT NULL,
	`row_version` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `seats` (
	`provider_app_id` text NOT NULL,
	`provider_user_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`end` text NOT NULL,
	`service_account_id` text NOT NULL,
	`taken_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_seat_per_user` ON `seats` (`provider_app_id`,`provider_user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_user_per_seat` ON `seats` (`integration_id`,`end`);--> statement-breakpoint
CREATE INDEX `seats_by_tenant` ON `seats` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `service_accounts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`provider` text NOT NULL,
	`username` text NOT NULL,
	`email` text NOT NULL,
	`kind` text NOT NULL,
	`roles` text NOT NULL,
	`administrations` text NOT NULL,
	`provider_user_id` text,
	`monthly_price_cents` integer,
	`created_at` integer NOT NULL,
	`row_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_account_per_username` ON `service_accounts` (`tenant_id`,`provider`,`username`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`tenant_id` text,
	`id` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`hash` text NOT NULL,
	`prefix` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_api_key_per_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_tenant` ON `api_keys` (`tenant_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer,
	`body` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_answer_per_key` ON `idempotency_keys` (`tenant_id`,`key`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`tenant_id` text NOT NULL,
	`transaction_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`status` integer,
	`words` text,
	PRIMARY KEY(`tenant_id`, `transaction_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `transactions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`integration_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`booking_kind` text NOT NULL,
	`administration` text NOT NULL,
	`reference` text NOT NULL,
	`payload` text NOT NULL,
	`look_up` text,
	`state` text NOT NULL,
	`reason` text,
	`missing` text NOT NULL,
	`doubts` text NOT NULL,
	`acceptance` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`request_hash` text NOT NULL,
	`provider_id` text,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	`sending_at` integer,
	`delivered_at` integer,
	`updated_at` integer NOT NULL,
	`row_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_transaction_per_key` ON `transactions` (`tenant_id`,`idempotency_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_place_in_the_queue` ON `transactions` (`tenant_id`,`integration_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `transactions_by_state` ON `transactions` (`tenant_id`,`integration_id`,`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `transactions_under_way` ON `transactions` (`updated_at`) WHERE "transactions"."state" in ('queued', 'sending', 'uncertain');