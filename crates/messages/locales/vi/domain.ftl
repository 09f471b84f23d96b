place-sheet = trang tính “{ $sheet }”
place-cell = ô { $cell }
place-line = dòng { $line }, cột { $column }

calendar-period-ends-before-start = Kỳ báo cáo “{ $period }” kết thúc trước khi bắt đầu.
calendar-gap = Lịch “{ $calendar }”: kỳ “{ $before }” kết thúc ngày { $last } nhưng kỳ tiếp theo “{ $after }” bắt đầu ngày { $first }; hai kỳ phải nối liền nhau.
calendar-does-not-tile = Lịch “{ $calendar }” không ghép khít được vào lịch “{ $larger }”: kỳ “{ $period }” không bắt đầu và kết thúc cùng với các kỳ nhỏ.

tree-two-parents = Đơn vị “{ $unit }” được xếp vào hai đơn vị cấp trên trong cùng ngày { $day }; mỗi ngày chỉ có một.
tree-opened-twice = Đơn vị “{ $unit }” đã được thành lập trước đó; mã đơn vị không dùng lại (ngày { $day }).
tree-too-large = Cây đơn vị vượt quá số đơn vị cho phép.
tree-closes-as-it-opens = Đơn vị “{ $unit }” kết thúc ngay trong ngày thành lập ({ $day }).
tree-merges-into-itself = Đơn vị “{ $unit }” không thể sáp nhập vào chính mình (ngày { $day }).
tree-split-needs-two = Chia tách đơn vị “{ $unit }” ngày { $day } phải ra ít nhất hai đơn vị khác.
tree-code-held-twice = Mã số { $code } được cấp cho cả “{ $unit }” và “{ $other }” trong ngày { $day }; mỗi thời điểm một mã chỉ thuộc một đơn vị.
tree-child-outlives-parent = Đơn vị “{ $unit }” còn hoạt động trong khi cấp trên “{ $parent }” kết thúc ngày { $day }; hãy chuyển hoặc kết thúc đơn vị này trước.
tree-cycle = Đơn vị “{ $unit }” không thể trực thuộc “{ $parent }” từ ngày { $day }: như vậy hai đơn vị trực thuộc lẫn nhau.
tree-unit-unknown = Ngày { $day } nhắc đến đơn vị “{ $unit }” nhưng đơn vị này chưa được thành lập.
tree-unit-closed = Đơn vị “{ $unit }” đã kết thúc ngày { $closed }, không thể thay đổi vào ngày { $day }.
tree-scope-not-open = Đơn vị “{ $unit }” không hoạt động vào ngày { $day } và cũng không hoạt động trong kỳ “{ $period }”.

return-waits-for-review = Báo cáo đang chờ duyệt, chưa thể sửa bản nháp.
return-not-submitted = Báo cáo chưa được gửi nên không thể duyệt hoặc trả lại.
return-not-accepted = Báo cáo chưa được duyệt nên chưa thể khóa.
return-already-reported = Đơn vị đã gửi báo cáo nên không thể ghi là được miễn.
correction-needs-reason = Báo cáo đã được duyệt; khi điều chỉnh phải ghi rõ lý do.
send-back-needs-reason = Khi trả lại báo cáo phải ghi rõ lý do.
exempt-needs-reason = Khi ghi miễn báo cáo phải ghi rõ lý do.
revision-out-of-order = Lần gửi số { $found } không đúng thứ tự; lần tiếp theo phải là số { $expected }.
total-too-large = Tổng số vượt quá giới hạn tính toán; hãy kiểm tra lại các số rất lớn.

office-may-not = Cơ quan “{ $office }” không được giao quyền làm việc này.
unit-out-of-reach = Đơn vị “{ $unit }” không có, hoặc không thuộc phạm vi phụ trách của cơ quan đang đăng nhập.
article-act-refused = { $act ->
    [revise] Không thể sửa
    [submit] Không thể gửi duyệt
    [return] Không thể trả lại
    [approve] Không thể duyệt
    [schedule] Không thể hẹn giờ đăng
    [publish] Không thể đăng
    [expire] Không thể cho hết hạn
   *[withdraw] Không thể gỡ
} bài này vì bài { $status ->
    [draft] còn là bản nháp
    [submitted] đang chờ duyệt
    [approved] đã duyệt, chờ đăng
    [scheduled] đã hẹn giờ đăng
    [published] đã đăng
    [expired] đã hết hạn
   *[withdrawn] đã gỡ
}.
