# Tin nhắn hệ thống gửi đi: nhắc báo cáo, báo trả lại, tin buổi sáng (crates/actions/src/outbox,
# crates/desk/src/pages/review/reminders, crates/app/src/commands/outbox.rs).

# Nội dung tin. Không có số liệu nào trong tin.
outbox-text-reminder-subject = Đề nghị gửi báo cáo: { $form }, { $period }
outbox-text-reminder-mail =
    Kính gửi { $unit },

    { $from } chưa nhận được báo cáo “{ $form }”, { $period } của đơn vị. Đề nghị đơn vị gửi báo cáo trên hệ thống.

    Đăng nhập để báo cáo: { $address }

    Nếu đơn vị vừa gửi báo cáo, xin bỏ qua thư này. Thư do hệ thống tự động gửi; xin không trả lời thư này. Cần hỗ trợ, đề nghị liên hệ { $from }.
outbox-text-reminder-phone = { $from } chưa nhận được báo cáo “{ $form }”, { $period } của { $unit }. Đề nghị gửi báo cáo tại { $address }. Nếu vừa gửi, xin bỏ qua tin này.
outbox-text-reminder-due-subject = Đề nghị gửi báo cáo trước hết ngày { $due }: { $form }, { $period }
outbox-text-reminder-due-mail =
    Kính gửi { $unit },

    { $from } chưa nhận được báo cáo “{ $form }”, { $period } của đơn vị. Đề nghị đơn vị gửi báo cáo trước hết ngày { $due }.

    Đăng nhập để báo cáo: { $address }

    Nếu đơn vị vừa gửi báo cáo, xin bỏ qua thư này. Thư do hệ thống tự động gửi; xin không trả lời thư này. Cần hỗ trợ, đề nghị liên hệ { $from }.
outbox-text-reminder-due-phone = { $from } chưa nhận được báo cáo “{ $form }”, { $period } của { $unit }. Đề nghị gửi trước hết ngày { $due } tại { $address }. Nếu vừa gửi, xin bỏ qua tin này.
outbox-text-reminder-overdue-subject = Báo cáo đã quá hạn ngày { $due }: { $form }, { $period }
outbox-text-reminder-overdue-mail =
    Kính gửi { $unit },

    Báo cáo “{ $form }”, { $period } của đơn vị đã quá hạn ngày { $due } nhưng { $from } chưa nhận được. Đề nghị đơn vị gửi báo cáo sớm.

    Đăng nhập để báo cáo: { $address }

    Nếu đơn vị vừa gửi báo cáo, xin bỏ qua thư này. Thư do hệ thống tự động gửi; xin không trả lời thư này. Cần hỗ trợ, đề nghị liên hệ { $from }.
outbox-text-reminder-overdue-phone = Báo cáo “{ $form }”, { $period } của { $unit } đã quá hạn ngày { $due }, { $from } chưa nhận được. Đề nghị gửi sớm tại { $address }. Nếu vừa gửi, xin bỏ qua tin này.
outbox-text-sent-back-subject = Báo cáo cần xem lại: { $form }, { $period }
outbox-text-sent-back-mail =
    Kính gửi { $unit },

    { $from } đã trả lại báo cáo “{ $form }”, { $period } của đơn vị kèm lý do. Đề nghị đơn vị đăng nhập để đọc lý do, sửa và gửi lại.

    Đăng nhập: { $address }

    Thư do hệ thống tự động gửi; xin không trả lời thư này. Cần hỗ trợ, đề nghị liên hệ { $from }.
outbox-text-sent-back-phone = { $from } đã trả lại báo cáo “{ $form }”, { $period } của { $unit } kèm lý do. Đề nghị đăng nhập để đọc lý do, sửa và gửi lại: { $address }.
outbox-text-digest-subject = Báo cáo đang chờ duyệt: { $waiting }; quá hạn: { $overdue }
outbox-text-digest-mail =
    Kính gửi { $office },

    Đang có { $waiting } báo cáo chờ duyệt và { $overdue } báo cáo quá hạn chưa nhận được.

    Xem và duyệt: { $address }

    Thư do hệ thống gửi mỗi buổi sáng khi có báo cáo đang chờ; có thể tắt tại mục “Nhắc việc theo lịch”.
outbox-text-digest-phone = { $office }: { $waiting } báo cáo chờ duyệt, { $overdue } báo cáo quá hạn. Xem tại { $address }.
outbox-text-test-subject = Tin thử từ hệ thống báo cáo
outbox-text-test-mail =
    Đây là thư thử do { $office } yêu cầu gửi. Nhận được thư này nghĩa là hệ thống gửi được thư điện tử.

    { $address }
outbox-text-test-phone = Tin thử do { $office } yêu cầu gửi. Nhận được tin này nghĩa là hệ thống gửi được tin nhắn. { $address }

outbox-cannot = Tin này đang ở tình trạng “{ $state ->
    [waiting] chờ gửi
    [claimed] sắp gửi
    [sending] đang gửi
    [sent] đã gửi
    [given-up] đã thôi gửi
    [dropped] không gửi nữa
   *[unknown] chưa rõ đã gửi hay chưa
}” nên không làm được việc đó.
outbox-none-chosen = Chưa chọn đơn vị nào để nhắc.
outbox-not-set-up = Hệ thống chưa được cài đặt để gửi thư hoặc tin nhắn. Người vận hành cài đặt khi chạy chương trình (xem docs/reminders.md).
outbox-which = Đề nghị chọn một biểu mẫu và một kỳ báo cáo.
outbox-plan-days = Số ngày phải từ 1 đến { $most }; để trống nếu không nhắc.
outbox-plan-unreadable = Không đọc được số ngày “{ $found }”.
outbox-test-nobody = Liên hệ của tài khoản này không có địa chỉ thư điện tử hoặc số di động nào. Hãy ghi liên hệ vào tài khoản rồi thử lại.
outbox-test-just-now = Vừa gửi một tin thử trong phút này. Xin chờ một phút.
outbox-message-unknown = Không có tin nào mang mã “{ $id }” trong phạm vi của cơ quan.
outbox-changed-since = Tin này vừa thay đổi sau khi trang được mở. Chưa làm gì; đề nghị xem lại rồi quyết định.
outbox-no-address = “{ $found }” không phải địa chỉ thư điện tử hoặc số di động Việt Nam.
outbox-restored = { $count } tin chưa gửi xong khi sao lưu được chuyển sang “chưa rõ đã gửi hay chưa”: có thể đã gửi sau lúc sao lưu. Đề nghị người phụ trách quyết định; hôm nay hệ thống không tự nhắc theo lịch.

outgoing-mail-server = “{ $found }” không phải tên máy chủ thư, có thể kèm cổng (mail.example:587).
outgoing-mail-unprotected = Không gửi thư không mã hóa đến máy chủ “{ $found }”: chỉ được dùng “none” với máy chủ trên chính máy này.
outgoing-mail-from = “{ $found }” không phải địa chỉ người gửi, như “Ban Tuyên giáo <bao-cao@xa.gov.vn>”.
outgoing-certificate = Không đọc được chứng thư tin cậy: { $detail }
outgoing-gateway-url = Địa chỉ cổng tin nhắn không đúng: cần dạng https://…, không kèm tên và mật khẩu.
outgoing-gateway-unprotected = Cổng tin nhắn “{ $found }” phải dùng https; http chỉ được dùng trên chính máy này.
outgoing-gateway-key = Khóa ký gửi cổng tin nhắn quá ngắn: cần ít nhất { $least } ký tự.

doctor-outbox-ways = Gửi thư điện tử: { $mail }; gửi tin qua số điện thoại: { $phone } (theo các tùy chọn của lệnh này).
doctor-outbox = Tin: { $waiting } chờ gửi, { $going } đang gửi, { $sent } đã gửi, { $given-up } đã thôi, { $unknown } chưa rõ.
doctor-outbox-stuck = Có tin đến lúc gửi từ { $since } mà chưa gửi: dịch vụ (serve) không chạy, hoặc chạy mà không có tùy chọn gửi thư, tin nhắn.
doctor-outbox-unknown = { $count } tin chưa rõ đã gửi hay chưa; người phụ trách quyết định tại trang “Tin đã gửi” hoặc bằng “nhipcau outbox decide”.
outbox-on = có
outbox-off = chưa cài đặt

outbox-id = Mã
outbox-at = Lúc
outbox-kind = Loại
outbox-to = Người nhận
outbox-unit = Đơn vị
outbox-state = Tình trạng
outbox-said = Ghi chú
outbox-step = Việc
outbox-kind-reminder = Nhắc báo cáo
outbox-kind-sent-back = Báo trả lại
outbox-kind-digest = Tin buổi sáng
outbox-kind-test = Tin thử
outbox-channel-mail = thư điện tử
outbox-channel-phone = tin nhắn
outbox-state-waiting = Chờ gửi
outbox-state-claimed = Sắp gửi
outbox-state-sending = Đang gửi
outbox-state-sent = Đã gửi
outbox-state-given-up = Đã thôi gửi
outbox-state-unknown = Chưa rõ đã gửi hay chưa
outbox-state-dropped = Không gửi nữa
outbox-step-claimed = Lấy ra để gửi
outbox-step-let-go = Trả về chờ gửi
outbox-step-unknown = Chương trình dừng giữa lúc gửi
outbox-step-postponed = Hoãn đến 7 giờ sáng
outbox-step-not-needed = Không cần gửi nữa
outbox-step-sending = Bắt đầu gửi
outbox-step-sent = Bên nhận đã nhận
outbox-step-later = Chưa gửi được, sẽ thử lại
outbox-step-refused = Bên nhận từ chối
outbox-step-unclear = Đứt giữa chừng, chưa rõ đã nhận hay chưa
outbox-step-restored = Phục hồi từ bản sao lưu
outbox-step-decided-sent = Người phụ trách ghi là đã gửi
outbox-step-decided-again = Người phụ trách cho gửi lại
outbox-step-called-off = Người phụ trách cho thôi gửi
outbox-why-reported = đơn vị đã báo cáo hoặc không còn phải báo cáo
outbox-why-recipient = người nhận không còn phụ trách hoặc đã đổi liên hệ
outbox-why-late = đã sang ngày khác
outbox-cli-test-subject = Tin thử từ chương trình nhipcau
outbox-cli-test = Nhận được tin này nghĩa là chương trình nhipcau gửi được tin theo cấu hình vừa thử.
outbox-cli-answer = { $step }: { $said }

help-outbox = Tin hệ thống gửi đi: nhắc báo cáo, báo trả lại, tin thử
help-outbox-long =
    Ví dụ:
      nhipcau outbox list --state unknown
      nhipcau outbox decide 018f… again
      nhipcau outbox test 0912345678 --gateway https://cong.example/gui --gateway-key-file khoa
    Tin do lệnh serve gửi; xem docs/reminders.md.
help-outbox-list = Các tin, mới nhất trước
help-outbox-show = Một tin với mọi việc đã xảy ra
help-outbox-decide = Quyết định về một tin: sent (đã đến), again (gửi lại), off (thôi gửi)
help-outbox-test = Gửi ngay một tin thử và in câu trả lời; không lưu gì
arg-message-state = Chỉ các tin ở tình trạng này
arg-most = Nhiều nhất bao nhiêu tin
arg-message = Mã của tin
arg-decision = Quyết định
arg-recipient = Địa chỉ thư điện tử hoặc số di động
arg-mail-server = Máy chủ gửi thư (SMTP)
arg-mail-security = Mã hóa đường đến máy chủ thư: starttls, tls, none (chỉ trên chính máy này)
arg-mail-from = Người gửi ghi trong thư
arg-mail-user = Tên đăng nhập máy chủ thư
arg-mail-password-file = Tệp chứa mật khẩu máy chủ thư
arg-gateway = Địa chỉ https của cổng gửi SMS hoặc Zalo
arg-gateway-key-file = Tệp chứa khóa ký các yêu cầu đến cổng
arg-outgoing-certificate = Chứng thư (PEM) được tin thêm khi gửi ra ngoài

desk-nav-outbox = Tin đã gửi
desk-nav-outbox-long = Tin nhắc và thư hệ thống đã gửi, đang chờ, không gửi được
desk-done-reminded = Đã đưa tin nhắc vào hàng gửi.
desk-done-planned = Đã lưu lịch nhắc.
desk-done-digest = Đã lưu.
desk-done-tested = Đã đưa tin thử vào hàng gửi; xem tình trạng ở dòng đầu.
desk-done-decided = Đã ghi quyết định.

remind-link = Nhắc các đơn vị này
remind-link-plan = Nhắc theo lịch
remind-link-log = Tin đã gửi
remind-title = Nhắc việc
remind-lead = Chưa có gì được gửi. Xem người nhận và nội dung, bỏ chọn đơn vị không cần nhắc, rồi bấm gửi.
remind-choose = Chọn biểu mẫu và kỳ báo cáo để xem ai sẽ được nhắc.
remind-choose-one = — Chọn —
remind-of = { $form } · { $period }
remind-nobody-missing = Không còn đơn vị nào chưa báo cáo.
remind-to-send = Sẽ gửi ({ $count })
remind-quiet = Hệ thống chỉ nhắn từ 7 giờ đến 20 giờ: tin sẽ gửi từ { $at }.
remind-unit = Đơn vị
remind-holder = Người nhận
remind-way = Gửi qua
remind-due = Hạn
remind-already = hôm nay đã có tin: { $state }
remind-pick = Nhắc { $unit }
remind-text-mail = Nội dung thư (của đơn vị đầu tiên)
remind-text-phone = Nội dung tin nhắn (của đơn vị đầu tiên)
remind-send = Gửi tin nhắc
remind-by-hand = Cần gọi trực tiếp ({ $count })
remind-by-hand-lead = Hệ thống không gửi được cho các đơn vị này.
remind-why = Lý do
remind-why-no-office = chưa có tài khoản
remind-why-no-holder = chưa có người phụ trách
remind-why-no-address = liên hệ không phải thư điện tử hoặc số di động
remind-why-not-set-up = chưa cài đặt cách gửi này
remind-more = Còn { $count } đơn vị chưa nêu ở đây: gửi xong đợt này thì xem lại, hoặc chọn một đơn vị cấp trên.
remind-show = Xem
remind-sent-some = Đã đưa { $new } tin vào hàng gửi; { $already } tin hôm nay đã có nên không gửi lại; { $left } đơn vị vừa báo cáo hoặc không gửi được.

plan-title = Nhắc việc theo lịch
plan-lead = Hệ thống tự nhắc các đơn vị chưa báo cáo vào những ngày chọn dưới đây, trong khoảng 7 giờ đến 20 giờ. Trước khi gửi từng tin, hệ thống xem lại: đơn vị nào đã báo cáo thì không nhắc. Không đặt thì không nhắc.
plan-in-force = Đang nhắc
plan-none = Chưa đặt lịch nhắc nào.
plan-branch = Thuộc
plan-everyone = Tất cả đơn vị
plan-days = Ngày nhắc
plan-by = Do
plan-at = Lúc
plan-before = trước hạn { $days } ngày
plan-on-day = đúng ngày hết hạn
plan-after = sau hạn { $days } ngày
plan-set = Đặt lịch nhắc
plan-field-before = Trước hạn (số ngày; để trống là không nhắc)
plan-field-on-day = Nhắc vào đúng ngày hết hạn
plan-field-after = Sau hạn (số ngày; để trống là không nhắc)
plan-field-hint = Để trống cả ba là tắt lịch nhắc của nhánh này.
plan-save = Lưu lịch nhắc
plan-not-set-up = Hệ thống chưa được cài đặt để gửi thư hoặc tin nhắn, nên lịch này chưa có tác dụng.
digest-title = Tin mỗi buổi sáng cho cơ quan này
digest-lead = Mỗi sáng khi có báo cáo chờ duyệt hoặc quá hạn, hệ thống gửi một tin cho người phụ trách cơ quan này.
digest-on = Bật tin buổi sáng
digest-off = Tắt tin buổi sáng
digest-is-on = Đang bật.
digest-is-off = Đang tắt.

log-title = Tin đã gửi
log-lead = Tin do cơ quan này yêu cầu, và tin về các đơn vị trong phạm vi. Mỗi tin chỉ gửi một lần; tin nào chưa rõ đã gửi hay chưa thì người phụ trách quyết định.
log-none = Chưa có tin nào.
log-all-states = Mọi tình trạng
log-all-kinds = Mọi loại
log-about = Về
log-asked-by = Yêu cầu
log-by-calendar = theo lịch
log-older = Cũ hơn
log-newest = Mới nhất
log-due = gửi từ { $at }
log-test = Gửi tin thử cho tôi
log-test-lead = Gửi một tin đến liên hệ ghi trong tài khoản của chính mình, để biết hệ thống có gửi được không.
log-one = Một tin
log-one-lead = { $kind } gửi { $to } qua { $channel }
log-text = Nội dung
log-steps = Việc đã xảy ra
log-decide = Quyết định
log-decide-unknown = Hệ thống không biết bên nhận đã nhận tin này hay chưa, nên không tự gửi lại. Nếu có thể, hãy hỏi người nhận trước.
log-decide-sent = Ghi là đã gửi
log-decide-again = Gửi lại
log-decide-off = Thôi gửi
