# សេចក្តីព្រាង (draft): no native speaker has read it yet. What is missing is said in Vietnamese.

portal-skip = ទៅកាន់ខ្លឹមសារ
portal-nav = ការរុករកចម្បង
portal-nav-reports = របាយការណ៍
portal-nav-figures = តួលេខ
portal-results = លទ្ធផល
portal-error-not-found = រកមិនឃើញទំព័រនេះទេ
portal-promise = គេហទំព័រនេះមិនដាក់ខូឃីសម្រាប់អ្នកអាន និងមិនផ្ញើសំណើទៅកាន់គេហទំព័រណាមួយឡើយ។
