"""Errors as Mattermost's API v4 shapes them: id, message, detailed_error, request_id, status_code."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import MediaType, Response

from commandpost.kernel.errors import Refusal

IDS: dict[str, tuple[int, str]] = {
    "unauthenticated": (401, "api.context.session_expired.app_error"),
    "forbidden": (403, "api.context.permissions.app_error"),
    "invalid": (400, "api.context.invalid_body_param.app_error"),
    "url_param": (400, "api.context.invalid_url_param.app_error"),
    "body_param": (400, "api.context.invalid_body_param.app_error"),
    "route.unknown": (404, "api.context.404.app_error"),
    "route.method": (405, "api.context.405.app_error"),
    "too_large": (413, "api.context.too_large.app_error"),
    "too_many": (429, "api.context.rate_limited.app_error"),
    "unavailable": (503, "api.context.unavailable.app_error"),
    "undone": (503, "api.context.unavailable.app_error"),
    "login.bad_credentials": (401, "api.user.login.invalid_credentials_email_username"),
    "login.deactivated": (401, "api.user.login.inactive.app_error"),
    "login.too_many_failures": (429, "api.user.check_user_login_attempts.too_many.app_error"),
    "session.unknown": (400, "api.context.invalid_url_param.app_error"),
    "user.unknown": (404, "app.user.missing_account.const"),
    "user.unknown_username": (404, "app.user.get_by_username.app_error"),
    "user.username_taken": (400, "app.user.save.username_exists.app_error"),
    "user.email_taken": (400, "app.user.save.email_exists.app_error"),
    "user.creation_off": (501, "api.user.create_user.signup_email_disabled.app_error"),
    "user.no_open_server": (403, "api.user.create_user.no_open_server"),
    "user.dead_invitation": (400, "api.user.create_user.signup_link_invalid.app_error"),
    "user.bad_username": (400, "model.user.is_valid.username.app_error"),
    "user.bad_email": (400, "model.user.is_valid.email.app_error"),
    "user.bad_password": (400, "model.user.is_valid.pwd.app_error"),
    "user.password_too_long": (400, "model.user.is_valid.password_limit.app_error"),
    "user.name_too_long": (400, "model.user.is_valid.first_name.app_error"),
    "user.bad_locale": (400, "model.user.is_valid.locale.app_error"),
    "user.wrong_password": (400, "api.user.check_user_password.invalid.app_error"),
    "user.guest_already": (400, "api.user.demote_user_to_guest.already_guest.app_error"),
    "user.not_a_guest": (400, "api.user.promote_guest_to_user.no_guest.app_error"),
    "password.busy": (429, "api.context.rate_limited.app_error"),
    "picture.unreadable": (400, "api.user.upload_profile_user.decode.app_error"),
    "picture.too_large": (413, "api.user.upload_profile_user.too_large.app_error"),
    "picture.none": (404, "api.bot.get_bot_icon_image.read.app_error"),
    "status.bad": (400, "api.context.invalid_body_param.app_error"),
    "preference.bad": (400, "model.preference.is_valid.category.app_error"),
    "preference.unknown": (404, "app.preference.get.app_error"),
    "access_token.unknown": (404, "app.user_access_token.get_by_token.app_error"),
    "access_token.off": (501, "app.user_access_token.disabled"),
    "access_token.bad_description": (400, "model.user_access_token.is_valid.description.app_error"),
    "bot.unknown": (404, "store.sql_bot.get.missing.app_error"),
    "bot.bad_description": (400, "model.bot.is_valid.description.app_error"),
    "role.unknown": (404, "app.role.get_by_name.app_error"),
    "emoji.unknown": (404, "app.emoji.get_by_name.no_result"),
    "user.bad_roles": (400, "api.user.update_user_roles.invalid.app_error"),
    "team.unknown": (404, "app.team.get.find.app_error"),
    "team.unknown_name": (404, "app.team.get_by_name.missing.app_error"),
    "team.name_taken": (400, "app.team.save.existing.app_error"),
    "team.creation_off": (501, "api.team.create_team.disabled.app_error"),
    "team.bad_name": (400, "model.team.is_valid.characters.app_error"),
    "team.reserved_name": (400, "model.team.is_valid.reserved.app_error"),
    "team.bad_display_name": (400, "model.team.is_valid.name.app_error"),
    "team.bad_type": (400, "model.team.is_valid.type.app_error"),
    "team.bad_description": (400, "model.team.is_valid.description.app_error"),
    "team.bad_allowed_domains": (400, "model.team.is_valid.domains.app_error"),
    "team.full": (400, "app.team.join_user_to_team.max_accounts.app_error"),
    "team.domain_not_admitted": (400, "api.team.join_user_to_team.allowed_domains.app_error"),
    "team.dead_invitation": (404, "app.team.get_by_invite_id.finding.app_error"),
    "team.no_icon": (404, "api.team.get_team_icon.read_file.app_error"),
    "team_member.unknown": (404, "app.team.get_member.missing.app_error"),
    "team_member.bad_roles": (400, "api.team.update_member_roles.unexpected_roles.app_error"),
    "channel.unknown": (404, "app.channel.get.existing.app_error"),
    "channel.unknown_name": (404, "app.channel.get_by_name.missing.app_error"),
    "channel.not_member": (404, "app.channel.get_member.missing.app_error"),
    "channel.not_in_team": (404, "app.team.get_member.missing.app_error"),
    "channel.name_taken": (400, "store.sql_channel.save_channel.exists.app_error"),
    "channel.bad_display_name": (400, "model.channel.is_valid.display_name.app_error"),
    "channel.bad_name": (400, "model.channel.is_valid.2_or_more.app_error"),
    "channel.bad_header": (400, "model.channel.is_valid.header.app_error"),
    "channel.bad_purpose": (400, "model.channel.is_valid.purpose.app_error"),
    "channel.too_many": (400, "api.channel.create_channel.max_channel_limit.app_error"),
    "channel.archived": (400, "api.channel.update_channel.deleted.app_error"),
    "channel.not_archived": (400, "api.channel.restore_channel.restored.app_error"),
    "channel.default": (400, "api.channel.delete_channel.cannot.app_error"),
    "channel.wrong_type": (400, "api.channel.add_user_to_channel.type.app_error"),
    "channel.unknown_partner": (400, "api.channel.create_direct_channel.invalid_user.app_error"),
    "channel.bad_group_size": (400, "api.channel.create_group.bad_size.app_error"),
    "channel_member.bad_roles": (400, "api.channel.update_channel_member_roles.unexpected.app_error"),
    "channel_member.bad_notify_props": (400, "model.channel_member.is_valid.notify_level.app_error"),
    "user.deactivated": (400, "api.channel.add_user.to.channel.failed.deactivated.app_error"),
    "sidebar.unknown_category": (404, "app.channel.sidebar_categories.app_error"),
    "sidebar.bad_name": (400, "api.context.invalid_body_param.app_error"),
    "sidebar.bad_order": (400, "api.context.invalid_body_param.app_error"),
    "sidebar.built_in": (400, "app.channel.sidebar_categories.delete_invalid_type.app_error"),
    "sidebar.too_many": (400, "app.channel.sidebar_categories.too_many.app_error"),
    "config.value": (400, "model.config.is_valid.value.app_error"),
    "socket.upgrade": (400, "api.web_socket.connect.upgrade.app_error"),
    "socket.not_authenticated": (401, "api.web_socket_router.not_authenticated.app_error"),
    "socket.no_action": (400, "api.web_socket_router.no_action.app_error"),
    "socket.bad_seq": (400, "api.web_socket_router.bad_seq.app_error"),
    "socket.bad_action": (400, "api.web_socket_router.bad_action.app_error"),
    "socket.invalid_param": (400, "api.websocket_handler.invalid_param.app_error"),
    "command.missing": (400, "api.command.execute_command.start.app_error"),
    "command.unknown": (404, "api.command.execute_command.not_found.app_error"),
    "command.switched_off": (501, "api.command.disabled.app_error"),
    "trigger.dead": (400, "interactive_message.decode_trigger_id.expired"),
    "dialog.without_address": (400, "api.context.invalid_body_param.app_error"),
    "integration.failed": (400, "api.post.do_action.action_integration.app_error"),
    "post_action.unknown": (404, "api.post.do_action.action_id.app_error"),
    "post.unknown": (404, "app.post.get.app_error"),
    "post.unknown_root": (400, "api.post.create_post.root_id.app_error"),
    "post.archived_channel": (400, "api.post.create_post.can_not_post_to_deleted.error"),
    "post.is_system": (400, "api.post.update_post.system_message.app_error"),
    "post.message_length": (400, "model.post.is_valid.msg.app_error"),
    "post.props_length": (400, "model.post.is_valid.props.app_error"),
    "post.type": (400, "api.context.invalid_param.app_error"),
    "post.file_ids": (400, "model.post.is_valid.file_ids.app_error"),
    "file.not_attachable": (400, "model.post.is_valid.file_ids.app_error"),
    "file.unknown": (404, "app.file_info.get.app_error"),
    "file.none": (400, "api.file.upload_file.no_files.app_error"),
    "file.name": (400, "api.context.invalid_body_param.app_error"),
    "file.too_large": (413, "api.file.upload_file.too_large_detailed.app_error"),
    "file.off": (501, "api.file.attachments.disabled.app_error"),
    "file.no_picture": (400, "api.file.get_file_preview.no_preview.app_error"),
    "file.public_link_off": (501, "api.file.get_public_link.disabled.app_error"),
    "search.terms": (400, "api.context.invalid_body_param.app_error"),
    "reaction.emoji_name": (400, "model.reaction.is_valid.emoji_name.app_error"),
    "plugin.unknown": (404, "app.plugin.not_installed.app_error"),
    "internal": (500, "api.context.internal.app_error"),
}
"""For each refusal's code, the status and id the contract gives it. A code not in here keeps its kind's
status and goes out as `app.<code>.app_error`."""


class ErrorBody(msgspec.Struct, kw_only=True):
    """The body of every answer that is not a success."""

    id: str
    message: str
    detailed_error: str = ""
    request_id: str
    status_code: int


def v4_error(refusal: Refusal, status: int, headers: Mapping[str, str], *, request_id: str) -> Response[Any]:
    """The answer for a refusal."""
    status, wire_id = IDS.get(refusal.code, (status, f"app.{refusal.code}.app_error"))
    body = ErrorBody(id=wire_id, message=refusal.message, request_id=request_id, status_code=status)
    return Response(body, status_code=status, headers=dict(headers), media_type=MediaType.JSON)
