# Duyệt báo cáo (crates/actions/src/review, crates/desk/src/pages/review).

review-not-sent = { $name }: báo cáo chưa được gửi.
review-decided-already = { $name }: báo cáo này { $status ->
    [accepted] đã được duyệt
    [returned] đã được trả lại
    [exempt] đã được ghi là được miễn
    [draft] đang được đơn vị sửa lại
   *[expected] chưa được gửi
}, không còn chờ duyệt. Chưa thay đổi gì.
review-changed-since = { $name }: đơn vị vừa gửi lần { $now }, khác với lần { $shown } đang hiện trên trang. Chưa thay đổi gì; đề nghị xem lại rồi quyết định.
review-reason-long = Lý do quá dài; chỉ ghi không quá { $most } ký tự.
review-too-many = Mỗi lần chỉ duyệt không quá { $most } báo cáo; lần này có { $found }.
review-no-forms = Chiến dịch chưa có biểu mẫu hoặc kỳ báo cáo nào.
review-none-ticked = Chưa chọn báo cáo nào để duyệt.
review-accepted-some = Đã duyệt { $done } báo cáo; còn { $left } báo cáo đã thay đổi nên chưa duyệt:
review-day-unreadable = Không đọc được ngày “{ $found }”. Đề nghị ghi như 2026-11-24.
extension-too-early = Ngày { $until } đã qua hoặc chưa hết kỳ báo cáo. Hạn mới phải là một ngày sắp tới, sau ngày cuối kỳ.
extension-not-later = Hạn hiện nay là ngày { $due }; hạn mới (ngày { $until }) phải muộn hơn.
desk-done-accepted = Đã duyệt.
desk-done-sent-back = Đã trả lại báo cáo kèm lý do.
desk-done-excused = Đã ghi là được miễn báo cáo.
desk-done-extended = Đã gia hạn.

desk-nav-review = Duyệt báo cáo
desk-nav-missing = Chưa báo cáo
desk-nav-table = Bảng số liệu

review-queue = Báo cáo cần duyệt
review-headings = Nhóm báo cáo
review-heading-all = Tất cả ({ $count })
review-heading-flagged = Cần xem kỹ ({ $count })
review-heading-corrected = Điều chỉnh, gửi lại ({ $count })
review-heading-new = Mới ({ $count })
review-heading-overdue = Quá hạn ({ $count })
review-mark-flagged = Cần xem kỹ
review-mark-corrected = Điều chỉnh, gửi lại
review-mark-new = Mới
review-mark-overdue = Quá hạn
review-queue-empty = Không có báo cáo nào đang chờ.
review-standings = Phải báo cáo: { $expected }. Đã duyệt: { $accepted }; chờ duyệt: { $waiting }; quá hạn: { $overdue }; chưa đến hạn: { $later }; được miễn: { $exempt }.
review-tick = Chọn báo cáo của { $unit }
review-tick-all = Chọn tất cả trên trang
review-accept-ticked = Duyệt các báo cáo đã chọn
review-page-of = Trang { $page }/{ $pages }
review-sent = gửi lúc { $at }
review-sent-on-behalf = nhập thay đơn vị lúc { $at }
review-due = hạn { $day }
review-latest = Kỳ gần nhất và các kỳ đang chờ duyệt
review-all-forms = Tất cả biểu mẫu
review-all-branches = Tất cả đơn vị cấp trên
review-form = Biểu mẫu
review-period = Kỳ báo cáo
review-branch = Thuộc
review-status = Tình trạng
review-unit = Đơn vị
review-status-expected = chưa gửi
review-status-draft = đang soạn
review-status-submitted = chờ duyệt
review-status-returned = đã trả lại
review-status-accepted = đã duyệt
review-status-exempt = được miễn
review-value-none = –
review-value-not-reported = không báo cáo
review-value-not-applicable = không áp dụng
review-value-exempt = được miễn ({ $reason })

review-to-queue = Danh sách cần duyệt
review-next = Báo cáo tiếp theo
review-nothing-came = Đơn vị chưa gửi báo cáo này.
review-fact-status = Tình trạng: { $status }
review-fact-branch = Thuộc { $branch }
review-fact-sent = Lần gửi { $number }, lúc { $at }
review-fact-file = Từ tệp { $file }
review-fact-locked = Đã dùng trong báo cáo kết quả đã chốt
review-findings = Điểm cần xem kỹ
review-words = Giải trình, ý kiến của đơn vị
review-explanation = Giải trình
review-numbers = Số liệu bên cạnh các kỳ trước và các đơn vị cùng cấp
review-element = Chỉ tiêu
review-value = Kỳ này
review-counts = Đang được tính
review-siblings = Đơn vị cùng cấp
review-siblings-hint = thấp nhất – trung vị – cao nhất
review-spread = { $least } – { $median } – { $most }
review-spread-units = { $units } đơn vị
review-above-siblings = Gấp { $times } lần trung vị ({ $median }) của { $units } đơn vị cùng thuộc { $branch }.
review-below-siblings = Trung vị của { $units } đơn vị cùng thuộc { $branch } là { $median }, gấp { $times } lần số này.
review-zero-siblings = Bằng 0, trong khi trung vị của { $units } đơn vị cùng thuộc { $branch } là { $median }.
review-above-previous = Gấp { $times } lần { $period } ({ $previous }).
review-below-previous = { $period } là { $previous }, gấp { $times } lần số này.
review-zero-previous = Bằng 0, trong khi { $period } là { $previous }.
review-decide = Quyết định
review-accept-title = Duyệt
review-accept-hint = Số liệu được tính vào tổng ngay sau khi duyệt. Có điều chỉnh thì đơn vị gửi lại kèm lý do.
review-accept = Duyệt báo cáo
review-send-back-title = Trả lại để sửa
review-send-back = Trả lại báo cáo
review-reason = Lý do
review-reason-hint = Đơn vị đọc đúng những lời này: ghi rõ cần sửa gì.
review-in-question = Chỉ tiêu cần xem lại (nếu có)
review-excuse-title = Ghi là được miễn báo cáo
review-excuse = Ghi là được miễn
review-history = Quá trình
review-act-draft = Soạn lần { $number }
review-act-submit = Gửi lần { $number }
review-act-correct = Gửi điều chỉnh (lần { $number })
review-act-send-back = Trả lại
review-act-accept = Duyệt
review-act-exempt = Ghi là được miễn
review-act-lock = Chốt trong báo cáo kết quả { $edition }
review-who = { $office }, { $at }
review-who-on-behalf = { $office } nhập thay { $other }, { $at }
review-difference = { $element }: { $before } → { $after }

review-missing = Đơn vị chưa báo cáo
review-as-of = Tính đến ngày { $day }.
review-missing-none = Không có đơn vị nào chưa báo cáo.
review-no-branch = Không thuộc đơn vị nào
review-owes = Báo cáo
review-due-head = Hạn
review-contact = Liên hệ
review-contact-of = Liên hệ: { $contact }
review-no-office = chưa có tài khoản
review-no-holder = chưa có người phụ trách
review-more = Còn { $count } báo cáo nữa chưa liệt kê ở đây; đề nghị chọn một biểu mẫu hoặc một đơn vị cấp trên.
review-message = Lời nhắn để gửi
review-message-for = Lời nhắn gửi { $branch }
review-copy = Sao chép
review-copied = Đã sao chép
review-message-open =
    Kính gửi các đồng chí phụ trách báo cáo thuộc { $branch },
    Đến ngày { $day } còn { $count } báo cáo chưa gửi:
review-message-line = { $number }. { $unit }: { $form }, { $period }
review-message-line-due = { $number }. { $unit }: { $form }, { $period } (hạn { $due })
review-message-line-overdue = { $number }. { $unit }: { $form }, { $period } (hạn { $due }, đã quá hạn)
review-message-close =
    Đề nghị các đồng chí gửi báo cáo tại { $address } hoặc gửi tệp Excel theo mẫu; có vướng mắc xin báo lại để được hỗ trợ. Trân trọng cảm ơn.
    { $office }
review-extend = Gia hạn
review-extend-title = Gia hạn cho một đơn vị và các đơn vị trực thuộc
review-until = Hạn mới (hết ngày)

review-table = Bảng số liệu
review-csv = Tải về CSV
review-xlsx = Tải về Excel
review-year-before-show = So với cùng kỳ năm trước
review-year-before-hide = Bỏ so với năm trước
review-year-before-of = { $element } (cùng kỳ năm trước)
review-year-before-short = năm trước: { $value }
review-total = Tổng cộng
review-total-hint = chỉ tính báo cáo đã duyệt
review-total-units = { $units } đơn vị
review-total-rests = đã duyệt { $accepted }/{ $expected }
review-not-counted = { $status }, chưa tính vào tổng
review-target = Mục tiêu
review-target-share = { $percent }% ({ $share })

desk-nav-review-long = Báo cáo mới gửi, điều chỉnh, cần xem kỹ; duyệt hoặc trả lại.
desk-nav-missing-long = Đơn vị nào chưa gửi, hạn ngày nào, liên hệ với ai; lời nhắn để gửi.
desk-nav-table-long = Mọi đơn vị và mọi chỉ tiêu trong một bảng; tải về Excel, CSV.
